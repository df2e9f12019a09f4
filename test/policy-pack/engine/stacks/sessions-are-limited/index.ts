import * as iam from "@pulumi/aws/iam";
import { into } from "../accounts";

new iam.Role(
  "ops-sudo",
  {
    name: "OpsSudo",
    maxSessionDuration: 4 * 3600,
    assumeRolePolicy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::111111111111:root" },
          Action: "sts:AssumeRole",
          Condition: {
            Bool: { "aws:MultiFactorAuthPresent": "true" },
            NumericLessThan: { "aws:MultiFactorAuthAge": "3600" },
          },
        },
      ],
    }),
  },
  { provider: into("dev") },
);
