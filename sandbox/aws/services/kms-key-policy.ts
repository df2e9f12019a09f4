import { rootArn } from "../arn";
import { parseResourceDocument } from "../documents";
import { checkPrincipals } from "../iam/principals";
import type { StoredDocument } from "../model";
import type { Call } from "../operation";

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

/**
 * The policy of a key as a request brings it, whose principals must be there.
 *
 * @throws AwsError MalformedPolicyDocument.
 */
export function keyPolicy(
  call: Call,
  text: string = defaultPolicy(call),
): StoredDocument {
  const document = parseResourceDocument(text);
  checkPrincipals(call.cloud, document);
  return document;
}
