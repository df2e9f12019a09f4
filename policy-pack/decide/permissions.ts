import type { CallerCase } from "./callers";
import type { Condition, Document } from "./document";
import { isMissing, literal, not, type Literal } from "./literal";
import { isCarried, keysNotCarried } from "./iam-actions";
import { parseTemplate, templateText } from "./text/template";

/** Keys in lower case, as conditions read them. */
export type Tags = ReadonlyMap<string, string>;

/** All that decides over one identity's requests. */
export interface Permissions {
  readonly caller: CallerCase;
  /** The same, in other partitions that it may be in; left out: it is known which. */
  readonly elsewhere?: readonly CallerCase[];
  readonly documents: readonly Document[];
  readonly boundary: readonly Document[] | undefined;
  /** The account that it acts in; undefined: not known. */
  readonly account: string | undefined;
  /** Of the user or role itself; left out: not known. */
  readonly tags?: Tags | undefined;
  /** Whether only requests count that concern others than the user; left out: every request does. */
  readonly concernsOthers?: boolean;
  /** ARNs, as written, of boundaries within which whoever has them has no power; left out: none are known. */
  readonly harmlessBoundaries?: readonly string[];
  /** ARNs of AWS's policies that give no power to whom they are attached to; left out: none are known. */
  readonly harmlessPolicies?: readonly string[];
}

export const boundaryKey = "iam:permissionsboundary";

/** The request has none of IAM's own keys that it never carries. */
export const withoutOtherKeys = (
  permissions: Permissions,
  action: string,
): readonly Literal[] =>
  keysNotCarried(layersOf(permissions).flat(), action).map(isMissing);

/** It is not about those who gain nothing by it, as their boundary stays. */
export function unlessHarmless(
  permissions: Permissions,
  action: string,
): readonly Literal[] {
  const { harmlessBoundaries: harmless = [] } = permissions;
  return harmless.length > 0 &&
    isCarried(boundaryKey, action) &&
    !endsBoundary.test(action)
    ? [
        ...harmless.map(isNotTheBoundary),
        // As it is written: where the account does not show, variables have no value that could be compared.
        ...conditionsFor(permissions, harmless).map((condition) => ({
          met: false,
          condition,
        })),
      ]
    : [];
}

/** It attaches no policy that gives no power. */
export const unlessAttachesHarmless = (
  { harmlessPolicies = [] }: Permissions,
  action: string,
): readonly Literal[] =>
  attaches.test(action)
    ? harmlessPolicies.map((arn) =>
        not(literal("StringEqualsIgnoreCase", policyKey, arn)),
      )
    : [];

export const policyKey = "iam:policyarn";
const attaches = /^iam:Attach(Group|Role|User)Policy$/;

/** Conditions on the boundary of whom IAM makes, or changes. */
export const boundaryConditions = (
  documents: readonly Document[],
): readonly Condition[] =>
  documents
    .flatMap(({ statements }) => statements)
    .flatMap(({ conditions }) => conditions)
    .filter(({ key }) => key === boundaryKey);

/** Those that ask for one of the boundaries. */
const conditionsFor = (
  permissions: Permissions,
  boundaries: readonly string[],
): readonly Condition[] =>
  boundaryConditions(layersOf(permissions).flat()).filter(
    ({ operator, values }) =>
      operator?.kind.family === "text" &&
      !operator.negated &&
      !operator.ifExists &&
      operator.quantifier === undefined &&
      values.every((value) => boundaries.includes(templateText(value))),
  );

const endsBoundary = /^iam:Delete(Role|User)PermissionsBoundary$/;

/**
 * An account has one policy of a name, whatever its case. Source: AWS documentation, "IAM and AWS STS
 * quotas", names.
 */
const isNotTheBoundary = (arn: string): Literal => ({
  met: false,
  condition: {
    ...literal("StringEqualsIgnoreCase", boundaryKey).condition,
    values: [parseTemplate(arn, true)],
  },
});

/** Each of them has to allow. */
export const layersOf = ({
  documents,
  boundary,
}: Pick<Permissions, "documents" | "boundary">) => [
  documents,
  ...(boundary === undefined ? [] : [boundary]),
];

export function partitionIn({ documents, caller }: Permissions): string {
  const own = "arn" in caller.caller ? caller.caller.arn : undefined;
  const solved = caller.derived.map(({ views }) =>
    String(views.get("aws:principalarn")?.[0]),
  );
  return (
    [own, ...solved, ...namedArns(documents)].map(partitionOf).find(isKnown) ??
    "aws"
  );
}

/** Its permissions in each partition that it may be in. */
export const inEachPartition = (
  permissions: Permissions,
): readonly Permissions[] => {
  if ((permissions.elsewhere ?? []).length === 0) return [permissions];
  const { elsewhere = [], ...here } = permissions;
  return [here.caller, ...elsewhere].map((caller) => ({ ...here, caller }));
};

/** Where its own account does not show, it may be any that its documents name, or another. */
export function accountsIn({ account, documents }: Permissions): readonly {
  readonly id: string | undefined;
  readonly others: readonly string[];
  readonly isCertain: boolean;
}[] {
  if (account !== undefined) {
    return [{ id: account, others: [], isCertain: true }];
  }
  const named = [
    ...new Set(namedArns(documents).map(accountOf).filter(isKnown)),
  ];
  return [
    ...named.map((id) => ({ id, others: [], isCertain: true })),
    { id: undefined, others: named, isCertain: named.length === 0 },
  ];
}

/** What stands in the resources of their statements. */
export const namedArns = (documents: readonly Document[]): readonly string[] =>
  documents
    .flatMap(({ statements }) => statements)
    .flatMap(({ resources }) => resources?.values ?? [])
    .flat()
    .flatMap((part) => (part.kind === "text" ? [part.text] : []));

export const partitionOf = (arn: string | undefined): string | undefined =>
  /^arn:(aws[a-z-]*):/.exec(arn ?? "")?.[1];

const accountOf = (arn: string): string | undefined =>
  /^arn:[^:]+:iam::(\d{12}):/.exec(arn)?.[1];

const isKnown = (one: string | undefined): one is string => one !== undefined;
