import { rootArn } from "../arn";
import { isOpenedBy } from "../decision";
import { parseResourceDocument } from "../documents";
import { malformedPolicy } from "../errors";
import { checkPrincipals } from "../iam/principals";
import type { StoredDocument } from "../model";
import type { Call, ContextKeys } from "../operation";

/** As KMS writes it for a new key: IAM's policies of the account decide. */
export const defaultPolicy = ({ cloud, account }: Call): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Id: "key-default-1",
    Statement: [
      {
        Sid: "Enable IAM User Permissions",
        Effect: "Allow",
        Principal: { AWS: rootArn(cloud, account.id) },
        Action: "kms:*",
        Resource: "*",
      },
    ],
  });

/** The key that a policy is to be of, and what a policy is told of it. */
interface PolicysKey {
  readonly arn: string;
  readonly context: ContextKeys;
}

/**
 * The policy of a key as a request brings it, whose principals must be there, and which must leave its
 * writer the right to change it, unless the request waives that. Source: AWS KMS API reference,
 * "PutKeyPolicy".
 *
 * @throws AwsError MalformedPolicyDocument.
 */
export async function keyPolicy(
  call: Call,
  text: string,
  { arn: resource, context }: PolicysKey,
): Promise<StoredDocument> {
  const resourcePolicy = parseResourceDocument(text);
  checkPrincipals(call.cloud, resourcePolicy);
  if (call.parameters.flag("BypassPolicyLockoutSafetyCheck"))
    return resourcePolicy;
  const request = { action: "kms:PutKeyPolicy", resource, context };
  if (await isOpenedBy(call, { ...request, resourcePolicy }))
    return resourcePolicy;
  throw malformedPolicy(
    "The new key policy will not allow you to update the key policy in the future.",
  );
}
