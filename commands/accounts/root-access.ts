import { ListOrganizationsFeaturesCommand } from "@aws-sdk/client-iam";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import type { AccountClients } from "./clients";

/** Whether root of the member accounts is managed from the management account. */
export type CentralRootAccess =
  | { readonly known: true; readonly features: readonly string[] }
  | { readonly known: false; readonly why: string };

/** Only the management account and its delegate may ask, so this goes by the caller's own account. */
export async function readCentralRootAccess({
  iam,
}: AccountClients): Promise<CentralRootAccess> {
  try {
    const { EnabledFeatures = [] } = await iam.send(
      new ListOrganizationsFeaturesCommand({}),
    );
    return { known: true, features: EnabledFeatures };
  } catch (error) {
    return { known: false, why: error instanceof Error ? error.name : "?" };
  }
}

/** @throws when there are no credentials, or none that work. */
export async function readOwnAccount({ sts }: AccountClients): Promise<string> {
  const { Account = "" } = await sts.send(new GetCallerIdentityCommand({}));
  return Account;
}
