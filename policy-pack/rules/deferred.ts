import { isDeepStrictEqual } from "node:util";
import type { Finding } from "../findings/finding";
import { accountLetIn } from "../findings/foreign";
import type { Organisation } from "../organisation/organisation";
import { accountAtOnce, accountOf } from "../resources/account";
import { isInsideVpc, standsInVpc } from "../resources/inside-vpc";
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
      atTheEnd(resource, resources, (place) =>
        judge(resource, place, organisation),
      ),
    ),
});

type Judge = (place: Place) => readonly Finding[];

/** What is found before the resource is made: what holds wherever it stands. */
function atOnce(resource: Resource, judge: Judge): readonly Finding[] {
  const place = {
    account: accountAtOnce(resource),
    isInsideVpc: isInsideVpc(resource) ?? true,
  };
  const found = judge(place);
  if (place.account !== undefined) return found;
  return found.flatMap((one) => {
    const account = accountIn(one);
    if (account === undefined) return [one];
    return judge({ ...place, account }).filter((other) => isSame(other, one));
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
  const found = judge({
    account: accountOf(resource),
    isInsideVpc: standsInVpc(resource, resources),
  });
  if (found.length === 0) return found;
  const said = atOnce(resource, judge);
  return found.filter((one) => !said.some((other) => isSame(one, other)));
}

/** The own account may be the one that is let in. */
const accountIn = (finding: Finding): string | undefined =>
  finding.kind !== "unknown" && finding.evidence?.kind === "request"
    ? accountLetIn(finding.evidence.request)
    : undefined;

const isSame = (one: Finding, other: Finding): boolean =>
  isDeepStrictEqual(about(one), about(other));

const about = (finding: Finding) =>
  finding.kind === "unknown"
    ? finding.value.path
    : [finding.field, finding.problem];
