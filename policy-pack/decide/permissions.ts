import type { CallerCase } from "./callers";
import type { Document } from "./document";
import { literal, not, type Literal } from "./literal";

/** Keys in lower case, as conditions read them. */
export type Tags = ReadonlyMap<string, string>;

/** All that decides over one identity's requests. */
export interface Permissions {
  readonly caller: CallerCase;
  readonly documents: readonly Document[];
  readonly boundary: readonly Document[] | undefined;
  /** The account that it acts in; undefined: not known. */
  readonly account: string | undefined;
  /** Of the user or role itself; left out: not known. */
  readonly tags?: Tags | undefined;
  /** Whether only requests count that concern others than the user; left out: every request does. */
  readonly concernsOthers?: boolean;
  /** ARNs of boundaries within which whoever has them has no power; left out: none are known. */
  readonly harmlessBoundaries?: readonly string[];
}

export const boundaryKey = "iam:permissionsboundary";

/**
 * Those of which a request tells the boundary of whom they are about, and that leave it in place. Source:
 * AWS documentation, "Service Authorization Reference", IAM, condition key iam:PermissionsBoundary.
 */
const withinBoundary =
  /^iam:(CreateRole|CreateUser|(Attach|Put|Detach|Delete)(Role|User)Policy|Put(Role|User)PermissionsBoundary)$/;

/** What an action is asked for beside: not to be about those who gain nothing by it. */
export const unlessHarmless = (
  { harmlessBoundaries = [] }: Permissions,
  action: string,
): readonly Literal[] =>
  harmlessBoundaries.length > 0 && withinBoundary.test(action)
    ? [not(literal("StringEquals", boundaryKey, ...harmlessBoundaries))]
    : [];

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

const namedArns = (documents: readonly Document[]): readonly string[] =>
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
