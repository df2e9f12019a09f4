import * as iam from "@pulumi/aws/iam";
import { into } from "../accounts";
import { powerUser } from "../power-user";

const provider = into("dev");

powerUser(provider);

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
