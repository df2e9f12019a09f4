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

// Trusts its own account: whoever may take roles there, and a PowerUser may, takes this one.
const releases = new iam.Role(
  "releases",
  {
    name: "Releases",
    assumeRolePolicy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { AWS: "222222222222" },
          Action: "sts:AssumeRole",
        },
      ],
    }),
  },
  { provider },
);
new iam.RolePolicy(
  "releases-roles",
  {
    role: releases.id,
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: ["iam:AttachRolePolicy", "iam:PutRolePolicy"],
          Resource: "*",
        },
      ],
    }),
  },
  { provider },
);
