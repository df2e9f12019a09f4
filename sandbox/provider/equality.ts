import { isDeepStrictEqual } from "node:util";
import { isNothing } from "./wire-values";

/** Equal, where a thing left out, an empty one and none are the same. */
export const sameValue = (before: unknown, after: unknown): boolean =>
  (isNothing(before) && isNothing(after)) || isDeepStrictEqual(before, after);

/** Numbers where a zero says none, as does a number left out. */
export const sameNumber = (before: unknown, after: unknown): boolean =>
  (before ?? 0) === (after ?? 0);

/** Lists whose order means nothing. */
export const sameSet = (before: unknown, after: unknown): boolean =>
  isDeepStrictEqual(members(before), members(after));

/** IAM documents that say the same; text that is no JSON is compared as text. */
export const sameDocument = (before: unknown, after: unknown): boolean =>
  isDeepStrictEqual(meaning(before), meaning(after));

/** Lists of `{name, policy}`: the same names, and the same said under each. */
export const samePolicies = (before: unknown, after: unknown): boolean =>
  isDeepStrictEqual(byName(before), byName(after));

const members = (value: unknown): readonly string[] =>
  Array.isArray(value) ? [...new Set(value.map(String))].sort() : [];

function byName(value: unknown): Readonly<Record<string, unknown>> {
  const policies = (Array.isArray(value) ? value : []) as readonly {
    readonly name?: string;
    readonly policy?: unknown;
  }[];
  const named = policies.map(
    ({ name, policy }) => [name ?? "", meaning(policy)] as const,
  );
  return Object.fromEntries(named.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** A document without what IAM does not look at: order of lists, one value or a list of one. */
function meaning(document: unknown): unknown {
  if (typeof document !== "string") return normal(document ?? undefined);
  try {
    return normal(JSON.parse(document));
  } catch {
    return document;
  }
}

function normal(value: unknown): unknown {
  if (Array.isArray(value)) {
    const distinct = new Map(
      value.map((item) => {
        const one = normal(item);
        return [JSON.stringify(one), one] as const;
      }),
    );
    if (distinct.size === 1) return [...distinct.values()][0];
    return [...distinct].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, v]) => v);
  }
  if (value === null || typeof value !== "object") return scalar(value);
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, item]) => [key, key === "AWS" ? roots(item) : item] as const)
      .map(([key, item]) => [key, normal(item)] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** A condition's `true` and `"true"`, its `5` and `"5"`, are the same to IAM. */
const scalar = (value: unknown): unknown =>
  typeof value === "boolean" || typeof value === "number"
    ? String(value)
    : value;

/** IAM takes the ARN of an account's root for the account, and the other way round. */
function roots(principals: unknown): unknown {
  if (Array.isArray(principals)) return principals.map(roots);
  return typeof principals === "string"
    ? principals.replace(/^arn:[\w-]+:iam::(\d{12}):root$/, "$1")
    : principals;
}
