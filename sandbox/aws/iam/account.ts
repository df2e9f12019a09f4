import type { RootFeature } from "../model";
import type { Call, Operations, Result } from "../operation";
import {
  AwsError,
  alreadyExists,
  invalidParameter,
  noSuchEntity,
} from "../errors";
import { listPage } from "./paging";
import { quotas } from "./quotas";

function createAlias({ account, cloud, parameters }: Call): void {
  const alias = parameters.required("AccountAlias");
  // Stricter than the model. Source: IAM User Guide, "IAM and AWS STS quotas".
  if (/^\d{12}$/.test(alias)) {
    const constraint = "not be an account ID number";
    throw invalidParameter("AccountAlias", `'${alias}'`, constraint);
  }
  for (const other of cloud.accounts.values()) {
    if (other.alias === alias && other !== account)
      throw alreadyExists(`The account alias ${alias}`);
  }
  account.alias = alias;
}

function deleteAlias({ account, parameters }: Call): void {
  const alias = parameters.required("AccountAlias");
  if (account.alias !== alias) throw noSuchEntity(`The account alias ${alias}`);
  delete account.alias;
}

function counts({ account }: Call): Readonly<Record<string, number>> {
  const devices = [...account.mfaDevices.values()];
  const policies = [...account.policies.values()];
  const { root } = account;
  return {
    AccountAccessKeysPresent: root.accessKeys,
    AccountMFAEnabled: Number(root.hasMfa),
    AccountPasswordPresent: Number(root.hasPassword),
    Users: account.users.size,
    Groups: account.groups.size,
    Roles: account.roles.size,
    Policies: policies.length,
    PolicyVersionsInUse: policies.reduce(
      (sum, { versions }) => sum + versions.length,
      0,
    ),
    InstanceProfiles: account.instanceProfiles.size,
    Providers: account.identityProviders.size + account.samlProviders.size,
    GlobalEndpointTokenVersion: account.globalTokenVersion ?? 1,
    MFADevices: devices.length,
    MFADevicesInUse: devices.filter(({ enabledFor }) => enabledFor).length,
    ServerCertificates: account.serverCertificates.size,
    // Root's own, which the sandbox does not have.
    AccountSigningCertificatesPresent: 0,
  };
}

const summaryQuotas: Readonly<Record<string, number>> = {
  UsersQuota: quotas.identities.User,
  GroupsQuota: quotas.identities.Group,
  RolesQuota: quotas.identities.Role,
  PoliciesQuota: quotas.policies,
  InstanceProfilesQuota: quotas.instanceProfiles,
  PolicyVersionsInUseQuota: 10_000,
  AccessKeysPerUserQuota: quotas.keysPerUser,
  AssumeRolePolicySizeQuota: quotas.trustPolicySize,
  AttachedPoliciesPerGroupQuota: quotas.attachedPolicies,
  AttachedPoliciesPerRoleQuota: quotas.attachedPolicies,
  AttachedPoliciesPerUserQuota: quotas.attachedPolicies,
  GroupPolicySizeQuota: quotas.inlineSize.Group,
  GroupsPerUserQuota: quotas.groupsPerUser,
  PolicySizeQuota: quotas.managedPolicySize,
  RolePolicySizeQuota: quotas.inlineSize.Role,
  ServerCertificatesQuota: quotas.serverCertificates,
  SigningCertificatesPerUserQuota: quotas.signingCertificatesPerUser,
  UserPolicySizeQuota: quotas.inlineSize.User,
  VersionsPerPolicyQuota: quotas.policyVersions,
};

/** AWS's maps are lists of entries with a key and a value. */
const summary = (call: Call): Result => ({
  SummaryMap: Object.entries({ ...counts(call), ...summaryQuotas }).map(
    ([key, value]) => ({ key, value }),
  ),
});

/** Centralised root access: the management account alone is told, and may change it. */
const ofRootAccess =
  (change: (features: Set<RootFeature>) => unknown) =>
  ({ account, cloud }: Call): Result => {
    if (account.id !== cloud.managementAccountId) {
      throw new AwsError(
        "AccountNotManagementOrDelegatedAdministrator",
        "The request was rejected because the account making the request is not the management account or delegated administrator account for centralized root access.",
      );
    }
    change(cloud.rootFeatures);
    return {
      OrganizationId: "o-sandbox0000",
      EnabledFeatures: [...cloud.rootFeatures],
    };
  };

const enabling = (feature: RootFeature) => ({
  run: ofRootAccess((features) => features.add(feature)),
});

const disabling = (feature: RootFeature) => ({
  run: ofRootAccess((features) => features.delete(feature)),
});

/** Its tokens look alike here; the summary tells which they are. */
function setTokenVersion({ account, parameters }: Call): void {
  const version = parameters.required("GlobalEndpointTokenVersion");
  account.globalTokenVersion = version === "v2Token" ? 2 : 1;
}

/** Facts of the account as a whole. */
export const accountOperations: Operations = {
  CreateAccountAlias: { run: createAlias },
  DeleteAccountAlias: { run: deleteAlias },
  ListAccountAliases: {
    run: (call) => {
      const aliases = [call.account.alias ?? []].flat();
      return listPage(
        call,
        "AccountAliases",
        aliases.map((alias) => [alias, alias]),
      );
    },
  },
  GetAccountSummary: { run: summary },
  SetSecurityTokenServicePreferences: { run: setTokenVersion },
  ListOrganizationsFeatures: { run: ofRootAccess(() => undefined) },
  EnableOrganizationsRootCredentialsManagement: enabling(
    "RootCredentialsManagement",
  ),
  EnableOrganizationsRootSessions: enabling("RootSessions"),
  DisableOrganizationsRootCredentialsManagement: disabling(
    "RootCredentialsManagement",
  ),
  DisableOrganizationsRootSessions: disabling("RootSessions"),
};
