import type { Organisation } from "./config";
import { deploymentSession } from "./names";
import { iamArn, type AccountId } from "./partition";

/** What the provider of an account is given; as plain data, since an import has to say the same. */
export function providerInputs(
  accountId: AccountId,
  organisation: Organisation,
) {
  const { region, tags } = organisation;
  return {
    region,
    allowedAccountIds: [accountId],
    defaultTags: { tags },
    ...credentials(accountId, organisation),
  };
}

function credentials(
  accountId: AccountId,
  { partition, deploymentRole, webIdentityTokenFile }: Organisation,
) {
  if (deploymentRole === undefined) return {};
  const role = {
    roleArn: iamArn(partition, accountId, `role/${deploymentRole}`),
    sessionName: deploymentSession,
  };
  return webIdentityTokenFile === undefined
    ? { assumeRoles: [role] }
    : { assumeRoleWithWebIdentity: { ...role, webIdentityTokenFile } };
}
