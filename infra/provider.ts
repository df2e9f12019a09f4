import { Provider } from "@pulumi/aws/provider";
import type { Organisation } from "./config";
import { accountProvider as providerName } from "./logical-names";
import type { AccountId } from "./partition";
import { providerInputs } from "./provider-inputs";

/**
 * Deploys to one account: takes the deployment role there, and refuses every other account, so that
 * credentials of another account stop the deployment instead of changing the wrong account.
 */
export const accountProvider = (
  name: string,
  accountId: AccountId,
  organisation: Organisation,
): Provider =>
  new Provider(providerName(name), providerInputs(accountId, organisation));
