import * as iam from "@aws-sdk/client-iam";
import { unlessMissing } from "../missing";
import {
  optionalNumber,
  type ConnectedAccount,
  type Properties,
  type ResourceType,
} from "../resource";

const id = "iam-account-password-policy";

/** `aws:iam/accountPasswordPolicy:AccountPasswordPolicy`: one an account. */
export const accountPasswordPolicy: ResourceType = {
  replaceOn: [],
  optional: ["maxPasswordAge", "passwordReusePrevention"],
  defaults: { allowUsersToChangePassword: true },

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

  update: async (account, _id, _olds, news) => {
    await put(account, news);
  },

  remove: async ({ iam: client }) => {
    await client.send(new iam.DeleteAccountPasswordPolicyCommand());
  },
};

async function put(
  { iam: client }: ConnectedAccount,
  inputs: Properties,
): Promise<void> {
  const asked = (name: string): boolean => inputs[name] === true;
  await client.send(
    new iam.UpdateAccountPasswordPolicyCommand({
      MinimumPasswordLength: optionalNumber(inputs, "minimumPasswordLength"),
      RequireSymbols: asked("requireSymbols"),
      RequireNumbers: asked("requireNumbers"),
      RequireUppercaseCharacters: asked("requireUppercaseCharacters"),
      RequireLowercaseCharacters: asked("requireLowercaseCharacters"),
      AllowUsersToChangePassword: asked("allowUsersToChangePassword"),
      HardExpiry: asked("hardExpiry"),
      MaxPasswordAge: optionalNumber(inputs, "maxPasswordAge"),
      PasswordReusePrevention: optionalNumber(
        inputs,
        "passwordReusePrevention",
      ),
    }),
  );
}
