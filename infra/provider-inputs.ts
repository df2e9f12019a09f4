import type { Organisation } from "./config";
import { deploymentSession } from "./names";
import { iamArn, type AccountId } from "./partition";

/** What the provider of an account is given; as plain data, since an import has to say the same. */
export function providerInputs(account: AccountId, organisation: Organisation) {
  const { region, tags } = organisation;
  return {
    region,
    allowedAccountIds: [account],
    defaultTags: { tags },
    ...credentials(account, organisation),
  };
}

function credentials(
  account: AccountId,
  { partition, deploymentRole, webIdentityTokenFile }: Organisation,
) {
  if (deploymentRole === undefined) return {};
  const role = {
    roleArn: iamArn(partition, account, `role/${deploymentRole}`),
    sessionName: deploymentSession,
  };
  return webIdentityTokenFile === undefined
    ? { assumeRoles: [role] }
    : { assumeRoleWithWebIdentity: { ...role, webIdentityTokenFile } };
}
