import { isDeepStrictEqual } from "node:util";
import { unknownFinding, type Finding } from "../findings/finding";
import { accountLetIn } from "../findings/foreign";
import { unlessItFails } from "../findings/unless-it-fails";
import type { Organisation } from "../organisation/organisation";
import { accountAtOnce, accountOf } from "../resources/account";
import {
  isInsideVpc,
  standsInVpc,
  type InsideVpc,
} from "../resources/inside-vpc";
import type { Resource } from "../resources/resource";
import type { Rule } from "./rule";

/** Where a resource stands: some of it shows in other resources, or after it is made. */
export interface Place {
  /** undefined: not known. */
  readonly account: string | undefined;
  readonly isInsideVpc: boolean;
}

/** How a rule judges, before and at the end, what depends on where the resource stands. */
export const whereItStands = (
  judge: (
    resource: Resource,
    place: Place,
    organisation: Organisation,
  ) => readonly Finding[],
): Pick<Rule, "judgeResource" | "judgeStack"> => ({
  judgeResource: (resource, organisation) =>
    atOnce(resource, (place) => judge(resource, place, organisation)),
  judgeStack: ({ resources }, organisation) =>
    resources.flatMap((resource) =>
      unlessItFails(resource, () =>
        atTheEnd(resource, resources, (place) =>
          judge(resource, place, organisation),
        ),
      ),
    ),
});

type Judge = (place: Place) => readonly Finding[];

/** What is found before the resource is made: what holds wherever it stands. */
function atOnce(resource: Resource, judge: Judge): readonly Finding[] {
  const account = accountAtOnce(resource);
  const isInside = isInsideVpc(resource) ?? true;
  const found = judgeIn(isInside, account, judge);
  if (account !== undefined) return found;
  return found.flatMap((one) => {
    const letIn = accountIn(one);
    if (letIn === undefined) return [one];
    return judgeIn(isInside, letIn, judge).filter((other) =>
      isSame(other, one),
    );
  });
}

/** What is found besides at the end, when it shows where the resource stands. */
function atTheEnd(
  resource: Resource,
  resources: readonly Resource[],
  judge: Judge,
): readonly Finding[] {
  const isTold = isInsideVpc(resource) !== undefined;
  if (accountAtOnce(resource) !== undefined && isTold) return [];
  const found = judgeIn(
    standsInVpc(resource, resources),
    accountOf(resource),
    judge,
  );
  return found.length === 0 ? found : without(atOnce(resource, judge), found);
}

/** Where nobody knows yet whether it is inside a VPC, that is told if more is found outside of one. */
function judgeIn(
  isInside: InsideVpc,
  account: string | undefined,
  judge: Judge,
): readonly Finding[] {
  if (typeof isInside === "boolean") {
    return judge({ account, isInsideVpc: isInside });
  }
  const found = judge({ account, isInsideVpc: true });
  const outside = judge({ account, isInsideVpc: false });
  return without(found, outside).length === 0
    ? found
    : [...found, unknownFinding(isInside)];
}

/** The own account may be the one that is let in. */
const accountIn = (finding: Finding): string | undefined =>
  finding.kind !== "unknown" && finding.evidence?.kind === "request"
    ? accountLetIn(finding.evidence.request)
    : undefined;

const without = (said: readonly Finding[], found: readonly Finding[]) =>
  found.filter((one) => !said.some((other) => isSame(one, other)));

const isSame = (one: Finding, other: Finding): boolean =>
  isDeepStrictEqual(about(one), about(other));

const about = (finding: Finding) =>
  finding.kind === "unknown"
    ? finding.value.path
    : [finding.field, finding.problem];
