import { deflateRawSync } from "node:zlib";
import { parseIdentityDocument } from "./documents";
import { policyAt } from "./iam/entities";
import { isAttachable } from "./iam/policy-lookup";
import { AwsError, invalidParameter } from "./errors";
import type { Account, Cloud, SessionPolicies, Tag } from "./model";
import type { Parameters } from "./parameters";

/** Source: AWS documentation, "IAM and AWS STS quotas"; sizes are in characters. */
const limits = { managedPolicies: 10, plainText: 2_048 } as const;

/** Bytes that policies and tags have in a token. AWS does not tell how many there are. */
const allottedBytes = 2_048;

/** Where managed session policies are looked up: the account of the role or user, and AWS's own. */
interface Place {
  readonly cloud: Cloud;
  readonly account: Account;
}

/**
 * The session policies that a request brings; undefined where it brings none.
 *
 * @throws AwsError MalformedPolicyDocument, ValidationError, InvalidParameterValue.
 */
export function sessionPoliciesIn(
  parameters: Parameters,
  place: Place,
): SessionPolicies | undefined {
  const text = parameters.get("Policy");
  const arns = parameters.list("PolicyArns", "arn");
  if (text === undefined && arns.length === 0) return undefined;
  checkSizes(text ?? "", arns);
  const unknown = arns.find((arn) => {
    const policy = policyAt(place, arn);
    return policy === undefined || !isAttachable(policy);
  });
  if (unknown !== undefined) {
    throw new AwsError(
      "InvalidParameterValue",
      `The managed session policy ${unknown} does not exist or is not attachable.`,
    );
  }
  const inline = text === undefined ? undefined : parseIdentityDocument(text);
  return { inline, arns };
}

function checkSizes(text: string, arns: readonly string[]): void {
  if (arns.length > limits.managedPolicies) {
    const constraint = `have length less than or equal to ${limits.managedPolicies}`;
    throw invalidParameter("PolicyArns", `'[${arns.join(", ")}]'`, constraint);
  }
  const plainText = text.length + arns.join("").length;
  if (plainText > limits.plainText) {
    const constraint = `have length less than or equal to ${limits.plainText}`;
    throw invalidParameter("Policy", `'${text}'`, constraint);
  }
}

/**
 * How much of a token policies and tags take, in percent, as AWS answers it; undefined where there are
 * none. AWS packs them its own way, and so does the sandbox: only that more takes more is the same.
 *
 * @throws AwsError PackedPolicyTooLarge.
 */
export function packedSize(
  policies: SessionPolicies | undefined,
  tags: readonly Tag[],
): number | undefined {
  if (policies === undefined && tags.length === 0) return undefined;
  const { inline, arns = [] } = policies ?? {};
  const packed = deflateRawSync(
    [
      inline?.text ?? "",
      ...arns,
      ...tags.flatMap(({ Key, Value }) => [Key, Value]),
    ].join("\n"),
  );
  const percent = Math.ceil((100 * packed.length) / allottedBytes);
  if (percent <= 100) return percent;
  throw new AwsError(
    "PackedPolicyTooLarge",
    policies === undefined
      ? `Packed size of session tags consumes ${percent}% of allotted space.`
      : `Packed policy consumes ${percent}% of allotted space, please use smaller policy.`,
  );
}
