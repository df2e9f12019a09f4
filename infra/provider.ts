import { Provider } from "@pulumi/aws/provider";
import type { Organisation } from "./config";
import { iamArn, type AccountId } from "./partition";

/**
 * The way into one account: takes the deployment role there, and refuses every other account, so
 * that credentials that point elsewhere stop the deployment instead of changing the wrong account.
 */
export function accountProvider(
  name: string,
  account: AccountId,
  { partition, region, deploymentRole, tags }: Organisation,
): Provider {
  return new Provider(`account-${name}`, {
    region,
    allowedAccountIds: [account],
    defaultTags: { tags },
    ...(deploymentRole === undefined
      ? {}
      : {
          assumeRoles: [
            {
              roleArn: iamArn(partition, account, `role/${deploymentRole}`),
              sessionName: "bastion-account-deployment",
            },
          ],
        }),
  });
}
