import {
  AttachGroupPolicyCommand,
  AttachRolePolicyCommand,
  CreateAccountAliasCommand,
  CreateLoginProfileCommand,
  CreateOpenIDConnectProviderCommand,
  CreateSAMLProviderCommand,
  DeleteAccountAliasCommand,
  UpdateAccountPasswordPolicyCommand,
} from "@aws-sdk/client-iam";
import { metadata } from "../../sandbox/aws/iam/saml-metadata";
import type { Fault } from "./fault";
import { managementId, trusting } from "./live-accounts";
import { bastionRoot, iam, newRole, oldKey, oldPassword } from "./planting";
import { bastionId, devId, inside, prodId } from "./accounts";

/** What is wrong with credentials, root and what watches an account. */
export const accountFaults: readonly Fault[] = [
  {
    name: "the bastion's alias is another",
    plant: async (aws) => {
      const client = iam(aws, bastionId);
      await client.send(
        new DeleteAccountAliasCommand({ AccountAlias: "acme-bastion" }),
      );
      await client.send(
        new CreateAccountAliasCommand({ AccountAlias: "acme-bastlon" }),
      );
    },
    rule: "account-alias-differs",
    says: /^the alias of bastion is acme-bastlon, and the config says acme-bastion/,
    mend: "deploy",
  },
  {
    name: "the password policy is weakened",
    plant: (aws) =>
      iam(aws, bastionId).send(
        new UpdateAccountPasswordPolicyCommand({ MinimumPasswordLength: 8 }),
      ),
    rule: "password-policy-weak",
    says: /passwords of 8 characters will do/,
  },
  {
    name: "a user has a password, and no MFA",
    plant: (aws) =>
      iam(aws, bastionId).send(
        new CreateLoginProfileCommand({
          UserName: "chen",
          Password: "First-password-of-chen-1!",
        }),
      ),
    rule: "user-without-mfa",
    says: /chen has a password, and no MFA device/,
  },
  {
    name: "a user without console access has a password",
    plant: (aws) => oldPassword(aws, "chen", 1),
    expects: (committed) => ({
      ...committed,
      users: committed.users.map((user) =>
        user.name === "chen" ? { ...user, consoleAccess: false } : user,
      ),
    }),
    rule: "password-not-in-config",
    says: /chen has a password, and no consoleAccess/,
  },
  {
    name: "a user of the console alone has a key",
    plant: (aws) => oldKey(aws, "dolores", 1),
    rule: "key-not-in-config",
    says: /dolores has the key AKIA/,
  },
  {
    name: "a key is old, though it is used",
    plant: (aws) => oldKey(aws, "ada", 91, 1),
    rule: "key-old",
    says: /of ada is 91 days old/,
  },
  {
    name: "a key was never used",
    plant: (aws) => oldKey(aws, "ada", 46),
    rule: "key-unused",
    says: /of ada was never used in its 46 days/,
  },
  {
    name: "a password was never used",
    plant: (aws) => oldPassword(aws, "ada", 46),
    rule: "password-unused",
    says: /the password of ada has not been used for 46 days/,
  },
  {
    name: "a user has two keys",
    plant: async (aws) => {
      await oldKey(aws, "ada", 2, 1);
      await oldKey(aws, "ada", 1, 1);
    },
    rule: "two-active-keys",
    says: /ada has the keys AKIA\w+ and AKIA/,
  },
  {
    name: "a group has a shell in the browser",
    plant: (aws) =>
      iam(aws, bastionId).send(
        new AttachGroupPolicyCommand({
          GroupName: "team-analysts",
          PolicyArn: "arn:aws:iam::aws:policy/AWSCloudShellFullAccess",
        }),
      ),
    rule: "holds-cloudshell",
    says: /team-analysts in bastion has AWSCloudShellFullAccess/,
  },
  {
    name: "root's device is an app",
    plant: (aws) => {
      const { root } = inside(aws, prodId);
      root.hasMfa = true;
      root.hasVirtualMfa = true;
      return Promise.resolve();
    },
    rule: "root-with-virtual-mfa",
    says: /root of prod has an authenticator app/,
    outcome: "pass",
    mend: (aws) => {
      inside(aws, prodId).root.hasVirtualMfa = false;
      return Promise.resolve();
    },
  },
  {
    name: "nobody looks for access from outside",
    plant: () => Promise.resolve(),
    rule: "no-external-access-analyzer",
    says: /dev has none in us-east-1; other regions are not looked at/,
    outcome: "pass",
  },
  {
    name: "no role is for support cases",
    plant: () => Promise.resolve(),
    rule: "no-support-role",
    says: /no role of prod has AWSSupportAccess/,
    outcome: "pass",
    // What a deployment with such a role in the config makes; another test deploys it.
    mend: async (aws) => {
      for (const id of [devId, prodId]) {
        await newRole(aws, id, "Support", trusting({ AWS: bastionRoot }));
        await iam(aws, id).send(
          new AttachRolePolicyCommand({
            RoleName: "Support",
            PolicyArn: "arn:aws:iam::aws:policy/AWSSupportAccess",
          }),
        );
      }
    },
  },
  {
    name: "an account takes a stranger's tokens",
    plant: (aws) =>
      iam(aws, devId).send(
        new CreateOpenIDConnectProviderCommand({
          Url: "https://gitlab.com",
          ClientIDList: ["sts.amazonaws.com"],
        }),
      ),
    rule: "identity-provider-not-in-config",
    says: /^the identity provider gitlab\.com of dev .* No role takes its tokens/,
    outcome: "pass",
  },
  {
    name: "an account takes who signs in elsewhere",
    plant: (aws) =>
      iam(aws, prodId).send(
        new CreateSAMLProviderCommand({
          Name: "okta",
          SAMLMetadataDocument: metadata(),
        }),
      ),
    rule: "identity-provider-not-in-config",
    says: /^the identity provider saml-provider\/okta of prod/,
    outcome: "pass",
  },
  {
    name: "root is not managed centrally",
    // Whom the organisation tells of it.
    plant: (aws) => {
      inside(aws, managementId)
        .users.get("deployment")
        ?.attachedPolicies.add("arn:aws:iam::aws:policy/IAMFullAccess");
      return Promise.resolve();
    },
    rule: "central-root-access-off",
    says: /^the organisation does not manage root credentials/,
    outcome: "pass",
  },
  {
    name: "root has access keys",
    plant: (aws) => {
      inside(aws, prodId).root.accessKeys = 1;
      return Promise.resolve();
    },
    rule: "root-keys",
    says: /root of prod/,
    // As root, which signs in nowhere here.
    mend: (aws) => {
      inside(aws, prodId).root.accessKeys = 0;
      return Promise.resolve();
    },
  },
  {
    name: "root has a password, and no MFA",
    plant: (aws) => {
      inside(aws, bastionId).root.hasPassword = true;
      return Promise.resolve();
    },
    rule: "root-without-mfa",
    says: /root of bastion/,
    mend: (aws) => {
      inside(aws, bastionId).root.hasMfa = true;
      return Promise.resolve();
    },
  },
];
