import type { Document } from "./document";
import { literal, variablesOf, type Literal } from "./literal";
import { literalsOf } from "./statement-literals";
import { differsFrom } from "./trust";

/** Where the resource stands, as conditions may ask for it. */
export interface OwnPlace {
  /** undefined: not known, and not the caller's. */
  readonly account: string | undefined;
  /** undefined: whichever. */
  readonly organisation: string | undefined;
}

const accountKeys = [
  "aws:ResourceAccount",
  "s3:ResourceAccount",
  "s3express:ResourceAccount",
];
const organisationKey = "aws:ResourceOrgID";

/** What holds of the resource, as whoever comes from another account sees it. */
export const standsIn = ({
  account,
  organisation,
}: OwnPlace): readonly Literal[] => [
  ...(account === undefined
    ? ["aws:PrincipalAccount", "aws:SourceAccount"].map((other) =>
        differsFrom("aws:ResourceAccount", other),
      )
    : accountKeys.map((key) => literal("StringEquals", key, account))),
  ...(organisation === undefined
    ? []
    : [literal("StringEquals", organisationKey, organisation)]),
];

/**
 * Where the resource may stand, for documents that compare the caller with it: each of the
 * organisations that are ours. What is not known is what nobody names; of two such accounts a document
 * can't tell one from the caller's without telling the other.
 */
export function ownPlaces(
  document: Document,
  {
    account,
    organisations,
  }: {
    readonly account: string | undefined;
    readonly organisations: readonly string[];
  },
): readonly OwnPlace[] {
  const accounts =
    account === undefined && isComparedWith(document, accountKeys)
      ? unnamed(document, (number) => String(number).padStart(12, "5"))
      : [account];
  if (!isComparedWith(document, [organisationKey])) {
    return accounts.map((one) => ({ account: one, organisation: undefined }));
  }
  const all =
    organisations.length === 0
      ? unnamed(document, (number) => `o-${String(number).padStart(10, "a")}`)
      : organisations;
  return accounts.flatMap((one) =>
    all.map((organisation) => ({ account: one, organisation })),
  );
}

/** Whether variables stand for one of the keys, and no condition asks for it by a text. */
function isComparedWith(
  { statements }: Document,
  keys: readonly string[],
): boolean {
  const lower = keys.map((key) => key.toLowerCase());
  const literals = statements.flatMap(literalsOf);
  return (
    literals.some((one) =>
      variablesOf(one).some((key) => lower.includes(key)),
    ) && !literals.some(({ condition }) => lower.includes(condition.key))
  );
}

/** The first two that stand nowhere in the document. */
function unnamed(
  { statements }: Document,
  make: (number: number) => string,
): readonly string[] {
  const text = JSON.stringify(statements);
  const found: string[] = [];
  for (let number = 0; found.length < 2; number += 1) {
    const one = make(number);
    if (!text.includes(one)) found.push(one);
  }
  return found;
}
