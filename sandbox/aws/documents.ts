import {
  validateIdentityPolicy,
  validateResourcePolicy,
  validateServiceControlPolicy,
  validateTrustPolicy,
  type ValidationError,
} from "@cloud-copilot/iam-policy";
import type { StoredDocument } from "./model";
import { AwsError } from "./errors";
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
  if (isTooDeep(text)) throw malformed("This policy nests too deep");
  let parsed: unknown;
  try {
    parsed = JSON.parse(text, (name, value: unknown) =>
      // AWS takes an empty name for none; the validator takes two for the same.
      name === "Sid" && value === "" ? undefined : value,
    );
  } catch {
    throw malformed("This policy contains invalid Json");
  }
  const [error] = validate(parsed);
  if (error) {
    throw malformed(
      `Syntax errors in policy. ${error.message} (${error.path || "document"})`,
    );
  }
  checkOperators(parsed);
  return { text, parsed };
}

const malformed = (message: string): AwsError =>
  new AwsError("MalformedPolicyDocument", message);

function checkOperators(parsed: unknown): void {
  for (const { Condition } of statementsOf(parsed)) {
    for (const operator of Object.keys(Condition ?? {})) {
      if (!operators.test(operator)) {
        throw malformed(
          `Syntax errors in policy. Unknown condition operator ${operator}`,
        );
      }
    }
  }
}

export interface Statement {
  readonly Effect: "Allow" | "Deny";
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly NotResource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, object>>;
  readonly Principal?: unknown;
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
