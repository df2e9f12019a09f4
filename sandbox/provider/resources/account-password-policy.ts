import * as iam from "@aws-sdk/client-iam";
import { unlessMissing } from "../errors";
import { between } from "../problems";
import { flag, optionalNumber, type Properties } from "../properties";
import type { ConnectedAccount } from "../account";
import type { ResourceType } from "../resource";

const id = "iam-account-password-policy";

/** `aws:iam/accountPasswordPolicy:AccountPasswordPolicy`: one an account. */
export const accountPasswordPolicy: ResourceType = {
  inputs: {
    allowUsersToChangePassword: { default: true },
    minimumPasswordLength: { default: 6, problem: between(6, 128) },
    hardExpiry: { computed: true },
    maxPasswordAge: { computed: true },
    passwordReusePrevention: { computed: true },
    requireLowercaseCharacters: { computed: true },
    requireNumbers: { computed: true },
    requireSymbols: { computed: true },
    requireUppercaseCharacters: { computed: true },
  },
  outputs: ["expirePasswords"],
  fromId: () => ({}),

  create: async (account, inputs) => {
    await put(account, inputs);
    return { id };
  },

  read: async ({ iam: client }) => {
    const found = await unlessMissing(
      client.send(new iam.GetAccountPasswordPolicyCommand()),
    );
    if (!found?.PasswordPolicy) return undefined;
    const policy = found.PasswordPolicy;
    return {
      minimumPasswordLength: policy.MinimumPasswordLength,
      requireSymbols: policy.RequireSymbols,
      requireNumbers: policy.RequireNumbers,
      requireUppercaseCharacters: policy.RequireUppercaseCharacters,
      requireLowercaseCharacters: policy.RequireLowercaseCharacters,
      allowUsersToChangePassword: policy.AllowUsersToChangePassword,
      hardExpiry: policy.HardExpiry,
      maxPasswordAge: policy.MaxPasswordAge,
      passwordReusePrevention: policy.PasswordReusePrevention,
      expirePasswords: policy.ExpirePasswords,
    };
  },

  /** AWS puts back to its default whatever a call leaves out, so what is left out is told again. */
  update: async (account, _id, olds, news) => {
    await put(account, { ...olds, ...news });
  },

  remove: async ({ iam: client }) => {
    await client.send(new iam.DeleteAccountPasswordPolicyCommand());
  },
};

async function put(
  { iam: client }: ConnectedAccount,
  inputs: Properties,
): Promise<void> {
  // A zero is how a program says none; AWS wants it left out.
  const unlessZero = (name: string): number | undefined =>
    inputs[name] === 0 ? undefined : optionalNumber(inputs, name);
  await client.send(
    new iam.UpdateAccountPasswordPolicyCommand({
      MinimumPasswordLength: optionalNumber(inputs, "minimumPasswordLength"),
      RequireSymbols: flag(inputs, "requireSymbols"),
      RequireNumbers: flag(inputs, "requireNumbers"),
      RequireUppercaseCharacters: flag(inputs, "requireUppercaseCharacters"),
      RequireLowercaseCharacters: flag(inputs, "requireLowercaseCharacters"),
      AllowUsersToChangePassword: flag(inputs, "allowUsersToChangePassword"),
      HardExpiry: flag(inputs, "hardExpiry"),
      MaxPasswordAge: unlessZero("maxPasswordAge"),
      PasswordReusePrevention: unlessZero("passwordReusePrevention"),
    }),
  );
}
