import { Provider } from "@pulumi/aws/provider";
import type { Organisation } from "./config";
import { accountProvider as providerName } from "./logical-names";
import { deploymentSession } from "./names";
import { iamArn, type AccountId } from "./partition";

/**
 * Deploys to one account: takes the deployment role there, and refuses every other account, so that
 * credentials of another account stop the deployment instead of changing the wrong account.
 */
export function accountProvider(
  name: string,
  account: AccountId,
  organisation: Organisation,
): Provider {
  const { region, tags } = organisation;
  return new Provider(providerName(name), {
    region,
    allowedAccountIds: [account],
    defaultTags: { tags },
    ...credentials(account, organisation),
  });
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
