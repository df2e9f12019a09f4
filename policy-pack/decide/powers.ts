import { couldAllow } from "./could-allow";
import type { CallerCase } from "./callers";
import type { Document } from "./document";
import { allIamWrites, escalatingWrites, type IamWrite } from "./iam-actions";
import { actionKey, literal, resourceKey, type Literal } from "./literal";
import { anyMfa, type MfaState } from "./mfa";
import { isAws } from "./principal";
import { search, type Verdict } from "./search";

/** All that decides over one identity's requests. */
export interface Permissions {
  readonly caller: CallerCase;
  readonly documents: readonly Document[];
  readonly boundary: readonly Document[] | undefined;
  /** The account that it acts in; undefined: not known. */
  readonly account: string | undefined;
}

/** A name that no document foresees: what holds for it holds for resources of any name. */
const anyName = "some-name-that-nobody-foresaw";

/** What a request without a resource is about: only `*` speaks of it. */
const noResource = "arn:::::";

export function mayRequest(
  permissions: Permissions,
  asked: {
    readonly action: string;
    /** May hold wildcards: any of those resources. */
    readonly resource: string;
    readonly mfa?: MfaState;
    readonly given?: readonly Literal[];
  },
): Verdict {
  const { caller } = permissions;
  const { action, resource, mfa = anyMfa, given = [] } = asked;
  const layers = layersOf(permissions);
  if (!couldAllow(layers, action, resource)) return { answer: "closed" };
  const example = resource.replaceAll("?*", "any").replaceAll("*", "");
  return search({
    layers,
    caller: caller.caller,
    given: [
      literal("StringEquals", actionKey, action),
      literal(
        isArn(resource) ? "ArnLike" : "StringLike",
        resourceKey,
        resource,
      ),
      ...caller.given,
      ...mfa.given,
      ...given,
    ],
    derived: caller.derived,
    preferred: new Map([...caller.preferred, [resourceKey, [example]]]),
  });
}

const layersOf = ({ documents, boundary }: Permissions) => [
  documents,
  ...(boundary === undefined ? [] : [boundary]),
];

/** Wildcards of an ARN stay in their part of it. */
const isArn = (resource: string): boolean => /^arn:([^:]*:){4}/.test(resource);

/** Whether it can change anything at all in IAM, on some resource. */
export const mayChangeIam = (permissions: Permissions): Verdict =>
  first(
    thatCouldBe(permissions, allIamWrites).flatMap(
      ({ action, resourceTypes }) =>
        resources(permissions, resourceTypes, "?*").map(
          (resource) => () => mayRequest(permissions, { action, resource }),
        ),
    ),
  );

const thatCouldBe = (
  permissions: Permissions,
  writes: readonly IamWrite[],
): readonly IamWrite[] => {
  const layers = layersOf(permissions);
  return writes.filter(({ action }) => couldAllow(layers, action));
};

/** Whether it can make itself anything: change IAM on a resource of any name, or on itself. */
export const isAdministrator = (permissions: Permissions): Verdict =>
  first([
    ...thatCouldBe(permissions, escalatingWrites).flatMap((one) =>
      onAnyName(permissions, one),
    ),
    ...onItself(permissions),
  ]);

/** Whether it can give itself permissions. */
function onItself(permissions: Permissions): readonly (() => Verdict)[] {
  const { caller } = permissions.caller;
  const arn = isAws(caller) ? caller.arn : undefined;
  if (arn === undefined) return [];
  const type = caller.kind === "user" ? "User" : "Role";
  return ["Attach", "Put"].map(
    (verb) => () =>
      mayRequest(permissions, {
        action: `iam:${verb}${type}Policy`,
        resource: arn,
      }),
  );
}

const onAnyName = (permissions: Permissions, write: IamWrite) =>
  resources(permissions, write.resourceTypes, anyName).map(
    (resource) => () =>
      mayRequest(permissions, { action: write.action, resource }),
  );

/** Whether it can hand a role of any name to a service. */
export const mayPassAnyRole = (permissions: Permissions): Verdict =>
  first(
    onAnyName(permissions, { action: "iam:PassRole", resourceTypes: ["role"] }),
  );

/** Whether it can ask for a role of any name in its account. */
export const mayAssumeAnyRole = (permissions: Permissions): Verdict =>
  first(
    onAnyName(permissions, {
      action: "sts:AssumeRole",
      resourceTypes: ["role"],
    }),
  );

/** Whether it can use services that nobody foresaw: all of them, but for those left out. */
export const mayUseAnyService = (permissions: Permissions): Verdict =>
  mayRequest(permissions, {
    action: "any-service:AnyAction",
    resource: `arn:aws:any-service:us-east-1:${permissions.account ?? "123456789012"}:thing/${anyName}`,
  });

function resources(
  { account, documents, caller }: Permissions,
  types: readonly string[],
  name: string,
): readonly string[] {
  if (types.length === 0) return [noResource];
  const named = namedArns(documents);
  const own = isAws(caller.caller) ? caller.caller.arn : undefined;
  const partition = [own, ...named].map(partitionOf).find(isKnown) ?? "aws";
  // Documents that speak of one account are about that one.
  const owner = account ?? named.map(accountOf).find(isKnown) ?? "123456789012";
  return types.map((type) => `arn:${partition}:iam::${owner}:${type}/${name}`);
}

const namedArns = (documents: readonly Document[]): readonly string[] =>
  documents
    .flatMap(({ statements }) => statements)
    .flatMap(({ resources }) => resources?.values ?? [])
    .flat()
    .flatMap((part) => (part.kind === "text" ? [part.text] : []));

const partitionOf = (arn: string | undefined): string | undefined =>
  /^arn:(aws[a-z-]*):/.exec(arn ?? "")?.[1];

const accountOf = (arn: string): string | undefined =>
  /^arn:[^:]+:iam::(\d{12}):/.exec(arn)?.[1];

const isKnown = (one: string | undefined): one is string => one !== undefined;

/** The first that is open; undecided when some are and none is open. */
function first(questions: readonly (() => Verdict)[]): Verdict {
  let undecided: Verdict | undefined;
  for (const ask of questions) {
    const verdict = ask();
    if (verdict.answer === "open") return verdict;
    if (verdict.answer === "undecided") undecided ??= verdict;
  }
  return undecided ?? { answer: "closed" };
}
