import { userCase, type CallerCase } from "../../policy-pack/decide/callers";
import { madeOf } from "../../policy-pack/decide/covers";
import {
  literal,
  not,
  resourceKey,
  type Literal,
} from "../../policy-pack/decide/literal";
import { standsIn } from "../../policy-pack/decide/own-places";
import { noResource } from "../../policy-pack/decide/resource-sets";
import type { Document, Statement } from "../../policy-pack/decide/document";
import { templateText } from "../../policy-pack/decide/text/template";

/** What stands in the account: its id is in the ARN, or none is, as in that of a bucket. */
export const inAccount = (id: string): readonly Literal[] => [
  literal("ArnLike", resourceKey, ofAccount(id), ofAccount("")),
  ...standsIn({ account: id, organisation: undefined }),
];

/**
 * The user as if the account were their own: the work is to be done there, and IAM's actions reach the
 * caller's account alone.
 */
export function asIfOf(id: string, one: CallerCase): CallerCase {
  const { caller } = one;
  if (caller.kind !== "user") return one;
  const [, partition = "aws"] = caller.arn?.split(":") ?? [];
  const arn = caller.arn?.replace(/(?<=:iam::)\d{12}(?=:)/, id);
  const there = userCase({ account: id, partition, arn });
  const isPlace = ({ condition: { key } }: Literal): boolean =>
    key === "aws:principalarn" || key === "aws:principalaccount";
  return {
    ...there,
    given: [
      ...there.given.filter(isPlace),
      ...one.given.filter((each) => !isPlace(each)),
    ],
  };
}

/** What stands in none of the accounts. Without a resource a request is about the caller's own. */
export const outsideAccounts = (ids: readonly string[]): readonly Literal[] => [
  not(literal("ArnLike", resourceKey, ...ids.map(ofAccount))),
  not(literal("StringEquals", resourceKey, noResource)),
  not(literal("StringEquals", "aws:ResourceAccount", ...ids)),
];

/**
 * The documents without what they allow, or deny, on resources that name another account than this.
 *
 * @param id undefined: an account that they do not name
 */
export const saidIn = (
  id: string | undefined,
  documents: readonly Document[],
  said: Statement["effect"],
): readonly Document[] =>
  documents.map(({ statements }) => ({
    statements: statements.flatMap((one) => {
      const { effect, resources } = one;
      if (effect !== said || resources?.mode !== "these") return [one];
      const values = resources.values.filter(
        (value) => !isOfAnother(id, templateText(value)),
      );
      if (values.length === resources.values.length) return [one];
      return values.length === 0
        ? []
        : [madeOf(one, { resources: { mode: "these", values } })];
    }),
  }));

/** A wildcard before the account reaches over it, into names that no resource has. */
const isOfAnother = (id: string | undefined, arn: string): boolean => {
  const account = arn.split(":")[4] ?? "";
  return /^\d{12}$/.test(account) && account !== id;
};

const ofAccount = (id: string): string => `arn:*:*:*:${id}:*`;

/** Ids of accounts that stand in the documents' resources and conditions. */
export const accountsNamed = (
  documents: readonly Document[],
): readonly string[] => [
  ...new Set(
    documents
      .flatMap(({ statements }) => statements)
      .flatMap(({ resources, conditions }) => [
        ...(resources?.values ?? []),
        ...conditions.flatMap(({ values }) => values),
      ])
      .flatMap(
        (value) => templateText(value).match(/(?<!\d)\d{12}(?!\d)/g) ?? [],
      ),
  ),
];
