import { explainedByName } from "../command-line/explained";
import { counted } from "../formats/counted";
import { clientsIn, ownClients, type WayIn } from "./clients";
import { inParallel } from "./in-parallel";
import type { AccountPart, LiveAccount, Progress } from "./live-account";
import { readAccount } from "./read-account";

/** An account, as the config names it. */
export interface AccountName {
  readonly id: string;
  readonly name: string;
}

/** An account to be read, with managed policies whose documents are wanted in any case. */
export interface AccountToRead extends AccountName {
  readonly policyArns?: readonly string[];
}

export interface NamedAccount extends AccountName {
  readonly live: LiveAccount;
}

export interface UnreadAccount extends AccountName {
  /** What of it; left out: all. */
  readonly part?: AccountPart;
  readonly why: string;
}

/** Whether root of the member accounts is managed from the management account. */
export type CentralRootAccess = "on" | "off" | "not known";

/** What stands in all the accounts, and which of them could not be read. */
export interface LiveOrganisation {
  /** The account that the caller comes from; undefined: from none, with a token. */
  readonly callerAccountId: string | undefined;
  readonly accounts: readonly NamedAccount[];
  readonly unread: readonly UnreadAccount[];
  readonly centralRootAccess: CentralRootAccess;
}

/** Accounts to read at the same time. */
export const defaultAccountsAtOnce = 4;

/**
 * Reads the accounts, a few at a time; one that can't be read does not keep the others.
 *
 * @throws when there are no credentials, or none that work.
 */
export async function readOrganisation(
  way: WayIn,
  accounts: readonly AccountToRead[],
  progress?: Progress,
  accountsAtOnce?: number,
): Promise<LiveOrganisation> {
  const callerAccountId = await readCallerAccountId(way);
  // At the same time: where IAM does not answer, that is found out once.
  const [centralRootAccess, read] = await Promise.all([
    readCentralRootAccess(way),
    readAccounts(way, accounts, progress, accountsAtOnce, true),
  ]);
  return { ...read, callerAccountId, centralRootAccess };
}

/** Where it ends before the first account. */
export const noneRead = (
  accounts: readonly AccountName[],
  why: string,
): LiveOrganisation => ({
  callerAccountId: undefined,
  accounts: [],
  unread: accounts.map(({ id, name }) => ({ id, name, why })),
  centralRootAccess: "not known",
});

/** Who comes with a token has no credentials before the role's, and of no account. */
async function readCallerAccountId(way: WayIn): Promise<string | undefined> {
  if (way.tokenFile !== undefined) return undefined;
  return (await ownClients(way).sts.getCallerIdentity()).Account;
}

/** @param isPartEnough whether an account of which a part can't be read is judged by the rest */
export async function readAccounts(
  way: WayIn,
  accounts: readonly AccountToRead[],
  progress?: Progress,
  accountsAtOnce = defaultAccountsAtOnce,
  isPartEnough = false,
): Promise<Pick<LiveOrganisation, "accounts" | "unread">> {
  let done = 0;
  const leftOut: UnreadAccount[] = [];
  const readings = await inParallel(accounts, accountsAtOnce, async (named) => {
    const say = (line: string): void =>
      progress?.(`${named.name} (${named.id}): ${line}`);
    const { id, name } = named;
    const reading = await readOne(way, named, say, (part, error) => {
      if (isPartEnough)
        leftOut.push({ id, name, part, why: explainedByName(error) });
      return isPartEnough;
    });
    done += 1;
    say(`${summaryOf(reading)}, ${done} of ${accounts.length} accounts`);
    return reading;
  });
  return {
    accounts: readings.filter((one) => "live" in one),
    unread: [
      ...readings.filter((one) => "why" in one),
      ...leftOut.filter(({ id }) =>
        readings.some((one) => "live" in one && one.id === id),
      ),
    ],
  };
}

async function readOne(
  way: WayIn,
  { policyArns, ...named }: AccountToRead,
  progress: Progress,
  isLeftOut: (part: AccountPart, error: unknown) => boolean,
): Promise<NamedAccount | UnreadAccount> {
  try {
    const clients = clientsIn(way, named.id);
    const live = await readAccount(clients, progress, policyArns, isLeftOut);
    if (live.accountId === named.id) return { ...named, live };
    const why = `the credentials lead to account ${live.accountId} instead`;
    return { ...named, why };
  } catch (error) {
    return { ...named, why: explainedByName(error) };
  }
}

const summaryOf = (reading: NamedAccount | UnreadAccount): string =>
  "live" in reading
    ? `${counted(reading.live.users.length, "user")}, ${counted(reading.live.roles.length, "role")}`
    : `could not be read: ${reading.why}`;

/** Only the management account and its delegate may ask, so this goes by the caller's own account. */
async function readCentralRootAccess(way: WayIn): Promise<CentralRootAccess> {
  if (way.tokenFile !== undefined) return "not known";
  try {
    const { iam } = ownClients(way);
    const { EnabledFeatures = [] } = await iam.listOrganizationsFeatures();
    const isOn = EnabledFeatures.includes("RootCredentialsManagement");
    return isOn ? "on" : "off";
  } catch {
    return "not known";
  }
}
