import { IAMClient } from "@aws-sdk/client-iam";
import { STSClient } from "@aws-sdk/client-sts";
import { startAws, type SandboxAws } from "../../../sandbox/aws";
import {
  clientConfig,
  deploymentIn,
  type ClientCredentials,
} from "../../../sandbox/tour/people";

export const bastionId = "111111111111";
export const devId = "222222222222";

export const startTwoAccounts = (): Promise<SandboxAws> =>
  startAws({
    accounts: [
      { id: bastionId, name: "bastion" },
      { id: devId, name: "dev" },
    ],
  });

/** What is refused is not tried again: IAM's LimitExceeded counts as throttling with the SDK. */
const once = (aws: SandboxAws, credentials: ClientCredentials) => ({
  ...clientConfig(aws, credentials),
  maxAttempts: 1,
});

export const iamOf = (
  aws: SandboxAws,
  credentials: ClientCredentials,
): IAMClient => new IAMClient(once(aws, credentials));

export const stsOf = (
  aws: SandboxAws,
  credentials: ClientCredentials,
): STSClient => new STSClient(once(aws, credentials));

export const administratorOf = async (
  aws: SandboxAws,
  accountId: string,
): Promise<IAMClient> => iamOf(aws, await deploymentIn(aws, accountId));
