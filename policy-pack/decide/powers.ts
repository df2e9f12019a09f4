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
  /** What a request is about that concerns others; left out: every request does. */
  readonly concernsOthers?: readonly Literal[];
}

/**
 * By these a user makes itself more than it is; what else it does to itself is its own business.
 * Source: AWS documentation, "Service Authorization Reference", IAM, permissions management.
 */
const makesItselfMore: ReadonlySet<string> = new Set([
  "iam:AttachUserPolicy",
  "iam:DeleteUserPermissionsBoundary",
  "iam:DeleteUserPolicy",
  "iam:DetachUserPolicy",
  "iam:PutUserPermissionsBoundary",
  "iam:PutUserPolicy",
]);

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
  const { caller, concernsOthers = [] } = permissions;
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
      ...(makesItselfMore.has(action) ? [] : concernsOthers),
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
        onResources(permissions, { action, resourceTypes }, "?*"),
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
  onResources(permissions, write, anyName);

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
export const mayUseAnyService = (
  permissions: Permissions,
  mfa: MfaState = anyMfa,
): Verdict =>
  mayRequest(permissions, {
    mfa,
    action: "any-service:AnyAction",
    resource: `arn:aws:any-service:us-east-1:${permissions.account ?? "123456789012"}:thing/${anyName}`,
  });

/** Asks of resources of each type, in each account that it may be about. */
function onResources(
  permissions: Permissions,
  { action, resourceTypes }: IamWrite,
  name: string,
): readonly (() => Verdict)[] {
  if (resourceTypes.length === 0) {
    return [() => mayRequest(permissions, { action, resource: noResource })];
  }
  const partition = partitionIn(permissions);
  return accountsIn(permissions).flatMap(({ id, isCertain }) =>
    resourceTypes.map((type) => () => {
      const resource = `arn:${partition}:iam::${id}:${type}/${name}`;
      const verdict = mayRequest(permissions, { action, resource });
      return isCertain || verdict.answer !== "open" ? verdict : notCertain;
    }),
  );
}

const notCertain: Verdict = {
  answer: "undecided",
  why: "its account does not show, and only in one that its policies do not name it is allowed",
};

function partitionIn({ documents, caller }: Permissions): string {
  const own = isAws(caller.caller) ? caller.caller.arn : undefined;
  return [own, ...namedArns(documents)].map(partitionOf).find(isKnown) ?? "aws";
}

/** Stands for an account that no document names. */
const unnamedAccount = "123456789012";

/** Where its own account does not show, it may be any that its documents name, or another. */
function accountsIn({ account, documents }: Permissions): readonly {
  readonly id: string;
  readonly isCertain: boolean;
}[] {
  if (account !== undefined) return [{ id: account, isCertain: true }];
  const named = new Set(namedArns(documents).map(accountOf).filter(isKnown));
  return [
    ...[...named].map((id) => ({ id, isCertain: true })),
    { id: unnamedAccount, isCertain: named.size === 0 },
  ];
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
