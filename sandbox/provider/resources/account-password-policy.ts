import { sameNumber } from "../equality";
import { between } from "../problems";
import type { ResourceType, Work } from "../resource";

/** AWS puts back to its default what a call leaves out: each call tells all. */
const put = ({ iam, parameters }: Work) =>
  iam.updateAccountPasswordPolicy(parameters);

const optional = (aws: string) => ({ aws, computed: true }) as const;

/** `aws:iam/accountPasswordPolicy:AccountPasswordPolicy`: one an account. */
export const accountPasswordPolicy: ResourceType = {
  inputs: {
    allowUsersToChangePassword: {
      aws: "AllowUsersToChangePassword",
      default: true,
    },
    minimumPasswordLength: {
      aws: "MinimumPasswordLength",
      default: 6,
      problem: between(6, 128),
    },
    hardExpiry: optional("HardExpiry"),
    maxPasswordAge: { ...optional("MaxPasswordAge"), same: sameNumber },
    passwordReusePrevention: {
      ...optional("PasswordReusePrevention"),
      same: sameNumber,
    },
    requireLowercaseCharacters: optional("RequireLowercaseCharacters"),
    requireNumbers: optional("RequireNumbers"),
    requireSymbols: optional("RequireSymbols"),
    requireUppercaseCharacters: optional("RequireUppercaseCharacters"),
  },
  outputs: { expirePasswords: "ExpirePasswords" },

  create: async (work) => {
    await put(work);
    return { id: "iam-account-password-policy" };
  },

  find: async ({ iam }) =>
    (await iam.getAccountPasswordPolicy()).PasswordPolicy,

  update: put,

  remove: ({ iam }) => iam.deleteAccountPasswordPolicy(),
};
