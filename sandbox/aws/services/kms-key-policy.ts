import { rootArn } from "../arn";
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
