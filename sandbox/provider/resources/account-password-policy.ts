import type {
  IAM,
  UpdateAccountPasswordPolicyCommandInput,
} from "@aws-sdk/client-iam";
import { between } from "../problems";
import type { Properties } from "../properties";
import type { Input, ResourceType } from "../resource";

const inputs: Readonly<Record<string, Input>> = {
  allowUsersToChangePassword: { default: true },
  minimumPasswordLength: { default: 6, problem: between(6, 128) },
  hardExpiry: { computed: true },
  maxPasswordAge: { computed: true },
  passwordReusePrevention: { computed: true },
  requireLowercaseCharacters: { computed: true },
  requireNumbers: { computed: true },
  requireSymbols: { computed: true },
  requireUppercaseCharacters: { computed: true },
};

/** `aws:iam/accountPasswordPolicy:AccountPasswordPolicy`: one an account. */
export const accountPasswordPolicy: ResourceType = {
  inputs,
  outputs: ["expirePasswords"],
  fromId: () => ({}),

  create: async ({ iam }, wanted) => {
    await put(iam, wanted);
    return "iam-account-password-policy";
  },

  read: async ({ iam }) => {
    const { PasswordPolicy } = await iam.getAccountPasswordPolicy();
    return (
      PasswordPolicy &&
      Object.fromEntries(
        Object.entries(PasswordPolicy).map(([name, value]) => [
          name.charAt(0).toLowerCase() + name.slice(1),
          value,
        ]),
      )
    );
  },

  /** AWS puts back to its default whatever a call leaves out, so what is left out is told again. */
  update: ({ iam }, _id, news, olds) => put(iam, { ...olds, ...news }),

  remove: ({ iam }) => iam.deleteAccountPasswordPolicy(),
};

/** IAM has the inputs' names, with a capital. */
function put(iam: IAM, wanted: Properties): Promise<unknown> {
  const parameters = Object.keys(inputs).map((name) => [
    name.charAt(0).toUpperCase() + name.slice(1),
    // A zero is how a program says none; AWS wants it left out.
    wanted[name] === 0 ? undefined : wanted[name],
  ]);
  return iam.updateAccountPasswordPolicy(
    Object.fromEntries(parameters) as UpdateAccountPasswordPolicyCommandInput,
  );
}
