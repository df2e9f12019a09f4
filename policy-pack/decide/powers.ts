import type { CallerCase } from "./callers";
import type { Document } from "./document";
import { allIamWrites, escalatingWrites, type IamWrite } from "./iam-actions";
import { actionKey, literal, resourceKey, type Literal } from "./literal";
import { anyMfa, type MfaState } from "./mfa";
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
  const { caller, documents, boundary } = permissions;
  const { action, resource, mfa = anyMfa, given = [] } = asked;
  const example = resource.replaceAll("?*", "any").replaceAll("*", "");
  return search({
    layers: [documents, ...(boundary === undefined ? [] : [boundary])],
    caller: caller.caller,
    given: [
      literal("StringEquals", actionKey, action),
      literal("StringLike", resourceKey, resource),
      ...caller.given,
      ...mfa.given,
      ...given,
    ],
    derived: caller.derived,
    preferred: new Map([...caller.preferred, [resourceKey, [example]]]),
  });
}

/** Whether it can change anything at all in IAM, on some resource. */
export const mayChangeIam = (permissions: Permissions): Verdict =>
  first(
    allIamWrites.flatMap(({ action, resourceTypes }) =>
      resources(permissions, resourceTypes, "?*").map(
        (resource) => () => mayRequest(permissions, { action, resource }),
      ),
    ),
  );

/** Whether it can make itself anything: change IAM on a resource of any name. */
export const isAdministrator = (permissions: Permissions): Verdict =>
  first(escalatingWrites.flatMap((one) => onAnyName(permissions, one)));

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
  { account, documents }: Permissions,
  types: readonly string[],
  name: string,
): readonly string[] {
  if (types.length === 0) return [noResource];
  const owner = account ?? namedAccount(documents) ?? "123456789012";
  return types.map((type) => `arn:aws*:iam::${owner}:${type}/${name}`);
}

/** Documents that speak of one account are about that one. */
function namedAccount(documents: readonly Document[]): string | undefined {
  const texts = documents
    .flatMap(({ statements }) => statements)
    .flatMap(({ resources }) => resources?.values ?? [])
    .flat()
    .flatMap((part) => (part.kind === "text" ? [part.text] : []));
  return texts
    .map((text) => /^arn:[^:]+:iam::(\d{12}):/.exec(text)?.[1])
    .find((one) => one !== undefined);
}

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
