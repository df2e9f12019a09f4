/** Three mistakes that look right: a linter that searches for words finds none of them. */
import * as iam from "@pulumi/aws/iam";
import { Provider } from "@pulumi/aws/provider";
import { Config } from "@pulumi/pulumi";

const config = new Config();
const account = config.require("account");
const bastion = `arn:aws:iam::${config.require("bastion")}:root`;
const mfa = { Bool: { "aws:MultiFactorAuthPresent": "true" } };

const options = {
  provider: new Provider("dev", {
    region: "us-east-1",
    allowedAccountIds: [account],
    assumeRoles: [
      {
        roleArn: `arn:aws:iam::${account}:role/OrganizationAccountAccessRole`,
      },
    ],
  }),
};

const trust = (...statements: readonly object[]): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: statements.map((one) => ({
      Effect: "Allow",
      Action: "sts:AssumeRole",
      ...one,
    })),
  });

// The first statement asks for MFA; the second lets the same people in without.
new iam.Role(
  "reports-reader",
  {
    name: "ReportsReader",
    assumeRolePolicy: trust(
      { Sid: "People", Principal: { AWS: bastion }, Condition: mfa },
      {
        Sid: "Office",
        Principal: { AWS: bastion },
        Condition: { IpAddress: { "aws:SourceIp": "198.51.100.0/24" } },
      },
    ),
  },
  options,
);

// "Everything but IAM users" is IAM roles as well.
const runner = new iam.Role(
  "reports-runner",
  {
    name: "ReportsRunner",
    assumeRolePolicy: trust({ Principal: { AWS: bastion }, Condition: mfa }),
  },
  options,
);
new iam.RolePolicy(
  "reports-runner-everything-else",
  {
    role: runner.name,
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: {
        Effect: "Allow",
        NotAction: ["iam:*User*", "organizations:*"],
        Resource: "*",
      },
    }),
  },
  options,
);

// Its own account's root is everybody there who may ask for roles: every PowerUser.
new iam.Role(
  "reports-publisher",
  {
    name: "ReportsPublisher",
    assumeRolePolicy: trust({
      Principal: { AWS: `arn:aws:iam::${account}:root` },
    }),
    managedPolicyArns: ["arn:aws:iam::aws:policy/IAMFullAccess"],
  },
  options,
);
