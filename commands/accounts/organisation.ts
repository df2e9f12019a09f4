import { ListOrganizationsFeaturesCommand } from "@aws-sdk/client-iam";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import {
  clientsIn,
  ownClients,
  type AccountClients,
  type WayIn,
} from "./clients";
import { inParallel } from "./in-parallel";
import type { LiveAccount, Progress } from "./live-account";
import { readAccount } from "./read-account";

/** An account, as the config names it. */
export interface AccountName {
  readonly id: string;
  readonly name: string;
}

export interface NamedAccount extends AccountName {
  readonly live: LiveAccount;
}

export interface UnreadAccount extends AccountName {
  readonly why: string;
}

/** Whether root of the member accounts is managed from the management account. */
export type CentralRootAccess =
  | { readonly known: true; readonly features: readonly string[] }
  | { readonly known: false; readonly why: string };

/** What stands in all the accounts, and which of them could not be read. */
export interface LiveOrganisation {
  /** The account that the caller comes from. */
  readonly callerAccountId: string;
  readonly accounts: readonly NamedAccount[];
  readonly unread: readonly UnreadAccount[];
  readonly centralRootAccess: CentralRootAccess;
}

export interface OrganisationOptions {
  readonly progress?: Progress;
  readonly accountsAtOnce?: number;
  readonly pageSize?: number;
}

/** Accounts to read at the same time. */
export const defaultAccountsAtOnce = 4;

/** Reads the accounts, a few at a time; one that can't be read does not keep the others. */
export async function readOrganisation(
  way: WayIn,
  accounts: readonly AccountName[],
  options: OrganisationOptions = {},
): Promise<LiveOrganisation> {
  const own = ownClients(way);
  return {
    callerAccountId: await readOwnAccount(own),
    ...(await readAccounts(way, accounts, options)),
    centralRootAccess: await readCentralRootAccess(own),
  };
}

export async function readAccounts(
  way: WayIn,
  accounts: readonly AccountName[],
  options: OrganisationOptions = {},
): Promise<Pick<LiveOrganisation, "accounts" | "unread">> {
  const { progress, accountsAtOnce = defaultAccountsAtOnce } = options;
  let done = 0;
  const readings = await inParallel(accounts, accountsAtOnce, async (named) => {
    const reading = await readOne(way, named, options);
    done += 1;
    progress?.(
      `${named.name} (${named.id}): ${summaryOf(reading)}, ${done} of ${accounts.length} accounts`,
    );
    return reading;
  });
  return {
    accounts: readings.filter((one) => "live" in one),
    unread: readings.filter((one) => "why" in one),
  };
}

async function readOne(
  way: WayIn,
  named: AccountName,
  { progress, pageSize }: OrganisationOptions,
): Promise<NamedAccount | UnreadAccount> {
  try {
    const live = await readAccount(clientsIn(way, named.id), {
      ...(pageSize === undefined ? {} : { pageSize }),
      progress: (line) => progress?.(`${named.name} (${named.id}): ${line}`),
    });
    return live.accountId === named.id
      ? { ...named, live }
      : {
          ...named,
          why: `the credentials lead to account ${live.accountId} instead`,
        };
  } catch (error) {
    return {
      ...named,
      why: error instanceof Error ? `${error.name}: ${error.message}` : "?",
    };
  }
}

const summaryOf = (reading: NamedAccount | UnreadAccount): string =>
  "live" in reading
    ? `${reading.live.users.length} users, ${reading.live.roles.length} roles`
    : `could not be read: ${reading.why}`;

/** Only the management account and its delegate may ask, so this goes by the caller's own account. */
async function readCentralRootAccess({
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
async function readOwnAccount({ sts }: AccountClients): Promise<string> {
  const { Account = "" } = await sts.send(new GetCallerIdentityCommand({}));
  return Account;
}
