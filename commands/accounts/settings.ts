import {
  GetAccountPasswordPolicyCommand,
  GetAccountSummaryCommand,
  NoSuchEntityException,
  paginateListAccountAliases,
  type IAMClient,
} from "@aws-sdk/client-iam";
import type { LiveAccount, LivePasswordPolicy } from "./live-account";

export type Settings = Pick<
  LiveAccount,
  "alias" | "passwordPolicy" | "summary"
>;

/** What holds for the account as a whole. */
export async function readSettings(iam: IAMClient): Promise<Settings> {
  const { SummaryMap: summary = {} } = await iam.send(
    new GetAccountSummaryCommand({}),
  );
  return {
    alias: await readAlias(iam),
    passwordPolicy: await readPasswordPolicy(iam),
    summary: Object.fromEntries(
      Object.entries(summary).map(([name, count]) => [name, count]),
    ),
  };
}

async function readAlias(iam: IAMClient): Promise<string | undefined> {
  for await (const page of paginateListAccountAliases({ client: iam }, {})) {
    const [alias] = page.AccountAliases ?? [];
    if (alias !== undefined) return alias;
  }
  return undefined;
}

async function readPasswordPolicy(
  iam: IAMClient,
): Promise<LivePasswordPolicy | undefined> {
  try {
    const { PasswordPolicy: policy } = await iam.send(
      new GetAccountPasswordPolicyCommand({}),
    );
    return {
      minimumLength: policy?.MinimumPasswordLength ?? 6,
      requiresLowercase: policy?.RequireLowercaseCharacters ?? false,
      requiresUppercase: policy?.RequireUppercaseCharacters ?? false,
      requiresNumbers: policy?.RequireNumbers ?? false,
      requiresSymbols: policy?.RequireSymbols ?? false,
      usersMayChange: policy?.AllowUsersToChangePassword ?? false,
      hardExpiry: policy?.HardExpiry ?? false,
      maxAgeDays: policy?.ExpirePasswords ? policy.MaxPasswordAge : undefined,
      rememberedPasswords: policy?.PasswordReusePrevention,
    };
  } catch (error) {
    if (error instanceof NoSuchEntityException) return undefined;
    throw error;
  }
}
