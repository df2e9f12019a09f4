import {
  validateIdentityPolicy,
  validateResourcePolicy,
  validateServiceControlPolicy,
  validateTrustPolicy,
  type ValidationError,
} from "@cloud-copilot/iam-policy";
import { repeatedKey } from "./document-text";
import type { StoredDocument } from "./model";
import { malformedPolicy } from "./errors";
import { isTooDeep } from "./json-depth";

const operators = new RegExp(
  "^(for(all|any)values?:)?(" +
    [
      "string(not)?(equals|equalsignorecase|like)",
      "numeric((not)?equals|(less|greater)than(equals)?)",
      "date((not)?equals|(less|greater)than(equals)?)",
      "bool",
      "binaryequals",
      "(not)?ipaddress",
      "arn(not)?(equals|like)",
    ].join("|") +
    ")(ifexists)?$|^null$",
  "i",
);

/** @throws AwsError MalformedPolicyDocument. */
export function parseIdentityDocument(text: string): StoredDocument {
  return parse(text, validateIdentityPolicy);
}

/** @throws AwsError MalformedPolicyDocument. */
export function parseTrustDocument(text: string): StoredDocument {
  return parse(text, validateTrustPolicy);
}

/** The policy of a topic or a key. @throws AwsError MalformedPolicyDocument. */
export function parseResourceDocument(text: string): StoredDocument {
  return parse(text, validateResourcePolicy);
}

/** A service control policy. @throws AwsError MalformedPolicyDocument. */
export function parseControlDocument(text: string): StoredDocument {
  return parse(text, validateServiceControlPolicy);
}

function parse(
  text: string,
  validate: (document: unknown) => ValidationError[],
): StoredDocument {
  if (isTooDeep(text)) throw malformedPolicy("This policy nests too deep");
  let parsed: unknown;
  try {
    parsed = JSON.parse(text, (name, value: unknown) =>
      // AWS takes an empty name for none; the validator takes two for the same.
      name === "Sid" && value === "" ? undefined : value,
    );
  } catch {
    throw malformedPolicy("This policy contains invalid Json");
  }
  const repeated = repeatedKey(text);
  if (repeated !== undefined) {
    throw malformedPolicy(
      `Syntax errors in policy. More than one ${repeated} in one object`,
    );
  }
  const [error] = validate(parsed);
  if (error) {
    throw malformedPolicy(
      `Syntax errors in policy. ${error.message} (${error.path || "document"})`,
    );
  }
  checkIds(parsed);
  checkOperators(parsed);
  return { text, parsed };
}

/** Source: AWS documentation, "IAM JSON policy elements: Sid". */
function checkIds(parsed: unknown): void {
  const ids = statementsOf(parsed).flatMap(({ Sid }) => Sid ?? []);
  const again = ids.find((id, index) => ids.indexOf(id) !== index);
  if (again === undefined) return;
  throw malformedPolicy(
    `Statement IDs (SID) in a single policy must be unique. (${again})`,
  );
}

function checkOperators(parsed: unknown): void {
  for (const { Condition } of statementsOf(parsed)) {
    for (const [operator, keys] of Object.entries(Condition ?? {})) {
      if (!operators.test(operator)) {
        throw malformedPolicy(
          `Syntax errors in policy. Unknown condition operator ${operator}`,
        );
      }
      if (/^(for(all|any)values?:)?date/i.test(operator)) checkDates(keys);
    }
  }
}

/** A year, as exact as one likes, or seconds since 1970. */
const date =
  /^-?\d{1,9}(-(0?[1-9]|1[0-2])(-(0?[1-9]|[12]\d|3[01]))?)?(t(([01]?\d|2[0-3])(:[0-5]\d(:[0-5]\d(\.\d{1,9})?)?)?)?(z|[+-]\d\d(:?[0-5]\d)?)?)?$/i;

function checkDates(keys: unknown): void {
  for (const value of Object.values(keys as object).flat() as unknown[]) {
    const text = String(value);
    if (date.test(text) || isSeconds(text) || text.includes("${")) continue;
    throw malformedPolicy(
      `The policy failed legacy parsing: ${text} is no date`,
    );
  }
}

const isSeconds = (text: string): boolean =>
  /^-?\d{1,20}$/.test(text) && BigInt.asIntN(64, BigInt(text)) === BigInt(text);

export interface Statement {
  readonly Sid?: string;
  readonly Effect: "Allow" | "Deny";
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly NotResource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, object>>;
  readonly Principal?: unknown;
  readonly NotPrincipal?: unknown;
}

/** The statements of a document whose syntax was found to be right. */
export function statementsOf(parsed: unknown): readonly Statement[] {
  const { Statement: statements } = parsed as {
    readonly Statement: Statement | readonly Statement[];
  };
  return [statements].flat();
}

/** The AWS principals that a trust policy names. */
export function awsPrincipals(parsed: unknown): readonly string[] {
  return statementsOf(parsed).flatMap(({ Principal }) => {
    if (Principal === null || typeof Principal !== "object") return [];
    const { AWS } = Principal as { readonly AWS?: string | readonly string[] };
    return AWS === undefined ? [] : typeof AWS === "string" ? [AWS] : AWS;
  });
}

/** The characters that count for IAM's quotas: white space does not. */
export const sizeOf = (document: StoredDocument): number =>
  document.text.replace(/\s/g, "").length;
