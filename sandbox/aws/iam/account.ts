import type { Operations, Result } from "../operation";
import type { Call } from "../operation";
import { matching } from "../parameters";
import { alreadyExists, noSuchEntity } from "./errors";
import { quotas } from "./quotas";

const aliasPattern = /^[a-z0-9]([a-z0-9]|-(?!-)){1,61}[a-z0-9]$/;

function createAlias({ account, cloud, parameters }: Call): Result {
  const alias = matching(parameters, "AccountAlias", aliasPattern);
  if (
    [...cloud.accounts.values()].some(
      (one) => one.alias === alias && one !== account,
    )
  ) {
    throw alreadyExists(`The account alias ${alias}`);
  }
  account.alias = alias;
  return {};
}

function deleteAlias({ account, parameters }: Call): Result {
  const alias = matching(parameters, "AccountAlias", aliasPattern);
  if (account.alias !== alias) throw noSuchEntity(`The account alias ${alias}`);
  delete account.alias;
  return {};
}

function summary({ account }: Call): Result {
  const devices = [...account.mfaDevices.values()];
  const counts: Record<string, number> = {
    Users: account.users.size,
    UsersQuota: quotas.users,
    Groups: account.groups.size,
    GroupsQuota: quotas.groups,
    Roles: account.roles.size,
    RolesQuota: quotas.roles,
    Policies: account.policies.size,
    PoliciesQuota: quotas.policies,
    MFADevices: devices.length,
    MFADevicesInUse: devices.filter(
      ({ enabledFor }) => enabledFor !== undefined,
    ).length,
    // The sandbox's roots have neither password nor keys nor devices.
    AccountMFAEnabled: 0,
    AccountAccessKeysPresent: 0,
    AccountPasswordPresent: 0,
    GroupPolicySizeQuota: quotas.inlineSize.Group,
    UserPolicySizeQuota: quotas.inlineSize.User,
    GroupsPerUserQuota: quotas.groupsPerUser,
    AccessKeysPerUserQuota: quotas.keysPerUser,
    PolicySizeQuota: quotas.managedPolicySize,
    VersionsPerPolicyQuota: quotas.policyVersions,
  };
  // AWS's maps are lists of entries with a key and a value.
  return {
    SummaryMap: Object.entries(counts).map(([key, value]) => ({ key, value })),
  };
}

/** Facts of the account as a whole. */
export const accountOperations: Operations = {
  CreateAccountAlias: { action: "iam:CreateAccountAlias", run: createAlias },
  DeleteAccountAlias: { action: "iam:DeleteAccountAlias", run: deleteAlias },
  ListAccountAliases: {
    action: "iam:ListAccountAliases",
    run: ({ account }) => ({
      AccountAliases: account.alias === undefined ? [] : [account.alias],
      IsTruncated: false,
    }),
  },
  GetAccountSummary: { action: "iam:GetAccountSummary", run: summary },
};
