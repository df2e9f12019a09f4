import { accountGuardPolicy } from "../documents/account-guard";
import {
  machineTrust,
  type MachineTrust,
  type VendorTrust,
} from "../documents/machine-trust";
import {
  documentText,
  type PolicyDocument,
} from "../documents/policy-document";
import { powerUserPolicy } from "../documents/power-user";
import { quotas } from "../documents/quotas";
import {
  accountGuard,
  auditorRole,
  helpDeskRole,
  pipelineRoles,
  accountWritesDenied,
} from "../names";
import type { AccountId, Partition } from "../partition";
import { administratorsDocuments } from "./administrators-documents";
import { hasPolicies, machineSettings, policiesExpected } from "./further-role";
import { trust, type NamedRoleTrust, type ReadTrust } from "./machine-trust";
import type { MachineRole, WorkloadAccountFacts } from "./model";
import { plainName } from "./plain-name";
import type { ConfigReader } from "./reader";
import { checkReservedNamesOnce } from "./reserved-names";
import {
  checkInlineSize,
  checkPolicyNames,
  guarded,
  mostCharacters,
  written,
} from "./role-policies";
import { strict } from "./shapes";

/** As the config has it: whose role it names is found out with the accounts. */
export interface ReadMachineRole extends Omit<MachineRole, "trust"> {
  readonly trust: ReadTrust;
}

/** Whether the entry says that no person takes the role. */
export const isForMachines = (entry: unknown): boolean =>
  typeof entry === "object" && entry !== null && "trust" in entry;

export const machineRole = (name: string) =>
  strict(
    { ...machineSettings, trust },
    "a role that no person takes: its trust, and managedPolicies, inlinePolicies or both",
  )
    .refine(hasPolicies, { error: policiesExpected })
    .transform((settings): Omit<ReadMachineRole, "name"> => ({
      ...settings,
      description: settings.description ?? `${name}, from the stack's config`,
      inlinePolicies: written(settings.inlinePolicies),
    }));

/** What the roles are held to. */
interface Held {
  readonly partition: Partition;
  readonly bastionAccountId: AccountId | undefined;
  readonly accounts: readonly WorkloadAccountFacts[];
  /** Names of the config's roles. */
  readonly ours: readonly string[];
  /** Names of roles that people, the pipeline or a deployment take in whichever account. */
  readonly taken: readonly string[];
}

/**
 * The roles with all that the program gives them: what guards the account is denied to them, and so is
 * all that would make them more than PowerUser, whatever their policies say.
 */
export function readMachineRoles(
  reader: ConfigReader,
  roles: ReadonlyMap<string, ReadMachineRole>,
  held: Held,
): ReadonlyMap<string, MachineRole> {
  const reserved = [auditorRole, helpDeskRole, ...Object.values(pipelineRoles)];
  checkReservedNamesOnce(reader, [...roles.keys()], reserved, "the program");
  const read = new Map<string, MachineRole>();
  for (const [name, role] of roles) {
    checkPolicyNames(reader, role, [accountGuard, accountWritesDenied]);
    checkInlineSize(reader, role, inlineCharacters);
    administratorsDocuments(reader, role);
    const trusted = readTrust(reader, `roles.${name}.trust`, role.trust, held);
    if (trusted === undefined) continue;
    checkTrustSize(reader, name, held.partition, trusted);
    read.set(name, guarded(withoutAccountWrites({ ...role, trust: trusted })));
  }
  return read;
}

const accountWritesPolicy = (
  partition: Partition,
  accountId: AccountId,
): PolicyDocument =>
  powerUserPolicy(partition, accountId, { assumableRoles: [] });

const withoutAccountWrites = (role: MachineRole): MachineRole => ({
  ...role,
  inlinePolicies: {
    ...role.inlinePolicies,
    [accountWritesDenied]: { kind: "built", build: accountWritesPolicy },
  },
});

/** Characters that such a role's policies of the config may have in all. */
const inlineCharacters =
  quotas.roleInlineCharacters -
  mostCharacters(accountGuardPolicy) -
  mostCharacters(accountWritesPolicy);

function readTrust(
  reader: ConfigReader,
  path: string,
  read: ReadTrust,
  held: Held,
): MachineTrust | undefined {
  if (read.kind === "vendor") {
    checkVendor(reader, `${path}.vendor`, read, held);
    return read;
  }
  return read.kind === "oidc"
    ? read
    : readRoleTrust(reader, `${path}.role`, read, held);
}

function checkVendor(
  reader: ConfigReader,
  path: string,
  { accountId, externalId }: VendorTrust,
  held: Held,
): void {
  const whose = ownerOf(accountId, held);
  if (whose !== undefined) {
    reader.report(
      `${path}.accountId`,
      `${accountId}, which is ${whose}`,
      "the vendor's own account; a role of one of yours is named under trust.role",
    );
  }
  const known =
    externalId === accountId ? "the vendor's" : ownerOf(externalId, held);
  if (known === undefined) return;
  reader.report(
    `${path}.externalId`,
    `${JSON.stringify(externalId)}, which is the id of an account, ${known}`,
    "the external id that the vendor has made for you: others know, or guess, an account's id",
  );
}

/** Whose account it is, of ours. */
function ownerOf(
  id: string,
  { bastionAccountId, accounts }: Held,
): string | undefined {
  const own = accounts.find((one) => one.id === id);
  if (own !== undefined) return `accounts.${own.name}'s`;
  return id === bastionAccountId ? "the bastion's" : undefined;
}

function readRoleTrust(
  reader: ConfigReader,
  path: string,
  read: NamedRoleTrust,
  held: Held,
): MachineTrust | undefined {
  const { accounts, bastionAccountId, ours, taken } = held;
  const { account, accountId, name } = read;
  const isTaken = [...taken, ...(account === undefined ? [] : ours)].find(
    (one) => one.toLowerCase() === plainName(name).toLowerCase(),
  );
  if (isTaken !== undefined) {
    reader.report(
      `${path}.name`,
      `${JSON.stringify(name)}, which people, the pipeline or a deployment take`,
      "a role that a machine has, as an instance's or a task's: a session of people's roles carries no MFA",
    );
    return undefined;
  }
  if ((account === undefined) === (accountId === undefined)) {
    reader.report(
      path,
      account === undefined ? "no account" : "account beside accountId",
      "account, the name of one under accounts; or accountId, of one that is not there",
    );
    return undefined;
  }
  const own = accounts.find(
    ({ name: one, id }) => one === account || id === accountId,
  );
  if (account !== undefined && own === undefined) {
    const names = accounts.map((one) => one.name);
    reader.unknownName(`${path}.account`, account, names, "an account");
    return undefined;
  }
  if (accountId !== undefined && own !== undefined) {
    reader.report(
      `${path}.accountId`,
      `${accountId}, which is accounts.${own.name}.id`,
      `account: ${own.name}`,
    );
    return undefined;
  }
  const id = own?.id ?? accountId ?? "";
  if (id === bastionAccountId && own === undefined) {
    reader.report(
      `${path}.accountId`,
      `${id}, which is the bastion's`,
      "an account where machines run: in the bastion there are people",
    );
    return undefined;
  }
  return { kind: "role", accountId: id, name };
}

function checkTrustSize(
  reader: ConfigReader,
  name: string,
  partition: Partition,
  trusted: MachineTrust,
): void {
  const { length } = documentText(
    machineTrust(partition, "000000000000", trusted),
  );
  if (length <= quotas.trustPolicyCharacters) return;
  reader.report(
    `roles.${name}.trust`,
    `a trust policy of ${length} characters`,
    `at most ${quotas.trustPolicyCharacters}, which is IAM's quota: give some of its subjects a role of their own`,
  );
}
