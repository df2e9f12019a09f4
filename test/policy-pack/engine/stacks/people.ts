import * as iam from "@pulumi/aws/iam";
import type { Provider } from "@pulumi/aws/provider";

interface People {
  readonly rolesOfOperations?: readonly string[];
  readonly passwordLength?: number;
}

/** A bastion of few words: ada, the group of everybody, and a group that may take roles. */
export function bastion(
  provider: Provider,
  { rolesOfOperations = opsSudoEverywhere, passwordLength = 14 }: People = {},
): void {
  new iam.AccountPasswordPolicy(
    "passwords",
    {
      minimumPasswordLength: passwordLength,
      passwordReusePrevention: 24,
      requireLowercaseCharacters: true,
      requireUppercaseCharacters: true,
      requireNumbers: true,
      requireSymbols: true,
    },
    { provider },
  );
  const everybody = new iam.Group(
    "everybody",
    { name: "bastion-users" },
    { provider },
  );
  new iam.GroupPolicy(
    "everybody-mfa-guard",
    {
      group: everybody.name,
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Deny",
            NotAction: ["iam:ChangePassword", "sts:GetSessionToken"],
            Resource: "*",
            Condition: {
              BoolIfExists: { "aws:MultiFactorAuthPresent": "false" },
            },
          },
        ],
      }),
    },
    { provider },
  );
  const operations = new iam.Group(
    "operations",
    { name: "operations" },
    { provider },
  );
  new iam.GroupPolicy(
    "operations-roles",
    {
      group: operations.name,
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Action: "sts:AssumeRole",
            Resource: rolesOfOperations,
            Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } },
          },
        ],
      }),
    },
    { provider },
  );
  const ada = new iam.User("ada", { name: "ada" }, { provider });
  new iam.UserGroupMembership(
    "ada-groups",
    { user: ada.name, groups: [everybody.name, operations.name] },
    { provider },
  );
}

const opsSudoEverywhere = ["222222222222", "033333333333"].map(
  (account) => `arn:aws:iam::${account}:role/OpsSudo`,
);
