import type { Document, PrincipalEntry } from "../decide/document";
import { withoutMfa } from "../decide/mfa";
import { withWholeNumbers } from "../decide/read/whole-numbers";
import { whoMayAssume, type TrustVerdict } from "../decide/trust";
import { readPolicy } from "../identities/read";
import type { RoleTrust } from "../identities/trust-of";
import {
  isSingleAccount,
  type Organisation,
} from "../organisation/organisation";
import { isPlainObject, type Properties } from "../resources/plain-object";

/**
 * Adds the MFA condition to the statements that let the bastion's people in without it, and
 * changes nothing else in the document.
 *
 * @param decide who still gets in without MFA
 * @returns undefined where that would not fix it, or would shut out somebody else: a service in
 *   the same statement, a foreign account; or, in a single account, its roles
 */
export function requireMfa(
  { resource, field, document }: RoleTrust,
  organisation: Organisation,
  decide: (document: Document) => TrustVerdict,
): Properties | undefined {
  const { bastionAccountId } = organisation;
  if (shutsOutOwnRoles(document, organisation)) return undefined;
  const changed = new Set<number>();
  let value = resource.inputs[field];
  let verdict = decide(document);
  while (verdict.answer === "open") {
    const [statement] = verdict.witness.statements;
    if (statement === undefined || changed.has(statement.number)) {
      return undefined;
    }
    if (!trustsOnly(statement, bastionAccountId)) return undefined;
    changed.add(statement.number);
    value = withCondition(value, statement.number);
    const reading = readPolicy(value, "trust");
    if (reading.kind !== "document") return undefined;
    verdict = decide(reading.document);
  }
  return verdict.answer === "closed" && changed.size > 0
    ? { [field]: value }
    : undefined;
}

/** Whether MFA would shut out roles, whose sessions carry none: a single account has them beside its people. */
export const shutsOutOwnRoles = (
  document: Document,
  organisation: Organisation,
): boolean =>
  isSingleAccount(organisation) &&
  whoMayAssume(document, {
    counts: ({ caller }) => caller.kind === "role session",
    mfa: withoutMfa,
    accounts: [organisation.bastionAccountId],
  }).answer !== "closed";

const trustsOnly = (
  { principals }: Document["statements"][number],
  account: string,
): boolean =>
  principals?.mode === "these" &&
  principals.principals.every((entry) => isOfPeople(entry, account));

/** Whether a principal is the account of people, or one of its users. */
export function isOfPeople(entry: PrincipalEntry, account: string): boolean {
  switch (entry.kind) {
    case "account":
      return entry.account === account;
    case "user":
      return entry.arn.split(":")[4] === account;
    default:
      return false;
  }
}

/**
 * JSON text stays JSON text, with the indentation that it had.
 *
 * @returns undefined where a number in it would lose digits
 */
function withCondition(value: unknown, number: number): unknown {
  if (typeof value !== "string") return inDocument(value, number);
  if (withWholeNumbers(value) !== value) return undefined;
  const indentation = /^\{\r?\n([ \t]+)/.exec(value)?.[1];
  return JSON.stringify(
    inDocument(JSON.parse(value), number),
    undefined,
    indentation,
  );
}

function inDocument(document: unknown, number: number): unknown {
  return mapKey(document, "statement", (statements) =>
    Array.isArray(statements)
      ? (statements as readonly unknown[]).map((one, index) =>
          index === number - 1 ? inStatement(one) : one,
        )
      : inStatement(statements),
  );
}

const inStatement = (statement: unknown): unknown =>
  mapKey(statement, "condition", (condition) =>
    mapKey(condition ?? {}, "bool", (bool) =>
      // What somebody wrote there already stays: it may be meant.
      mapKey(bool ?? {}, "aws:multifactorauthpresent", (mfa) => mfa ?? "true"),
    ),
  );

/** What IAM calls a key that is not there yet. */
const canonical: Readonly<Record<string, string>> = {
  statement: "Statement",
  condition: "Condition",
  bool: "Bool",
  "aws:multifactorauthpresent": "aws:MultiFactorAuthPresent",
};

/** Changes one key, in whichever case it is written, and leaves the others where they stand. */
function mapKey(
  object: unknown,
  lower: string,
  change: (value: unknown) => unknown,
): unknown {
  if (!isPlainObject(object)) return object;
  const key =
    Object.keys(object).find((one) => one.toLowerCase() === lower) ??
    canonical[lower] ??
    lower;
  return { ...object, [key]: change(object[key]) };
}
