import type { z } from "zod";
import {
  auditorRole,
  helpDeskRole,
  organizationsRole,
  pipelineRoles,
  standardRoles,
} from "../names";
import { bastionComponent } from "../logical-names";
import { homeRegion, type AccountId } from "../partition";
import { readAccounts } from "./accounts";
import { checkAssumableRoles } from "./assumable-roles";
import { checkAudiences, checkIdentityProviders } from "./identity-providers";
import { readMachineRoles } from "./machine-roles";
import { checkManagedPolicies } from "./managed-policies";
import { quotas } from "../documents/quotas";
import type {
  Organisation,
  RevokedFacts,
  RolePermissions,
  WorkloadAccountFacts,
} from "./model";
import { readPipeline } from "./pipeline";
import { plainName } from "./plain-name";
import type { ConfigReader } from "./reader";
import { checkReservedNames } from "./reserved-names";
import { checkResourceNames } from "./resource-names";
import { readRoles, type Roles } from "./roles";
import * as schema from "./schema";
import { checkRegion } from "./regions";
import { checkTags } from "./tags";
import { tokenFile } from "./token-file";
import { checkPartitions } from "./written-document";

/** What both kinds of stack check their own keys against. */
export interface OrganisationReading {
  readonly organisation: Organisation;
  readonly bastionAccountId: AccountId | undefined;
  /** Names in the config, those of wrong entries included. */
  readonly accountNames: readonly string[];
  readonly roleNames: readonly string[];
  /** Those of them that no person takes stand here alone. */
  readonly machineRoleNames: readonly string[];
}

/** Says in config that a deployment takes no role. */
const noRole = "none";

/** Reads the facts that both kinds of stack share. */
export function readOrganisation(
  reader: ConfigReader,
  now: Date,
): OrganisationReading {
  const partition = reader.text("partition", schema.partition) ?? "aws";
  const region = reader.text("region", schema.region) ?? homeRegion(partition);
  const bastionAccountId = reader.text("bastionAccountId", schema.accountId);
  const wayIn = readWayIn(reader);
  checkRegion(reader, "region", partition, region);
  const tags = reader.structure("tags", schema.tags) ?? {};
  checkTags(reader, tags);
  const accounts = readAccounts(reader);
  const auditor = reader.structure("auditor", schema.auditor) ?? false;
  const roles = readRoles(reader, auditor);

  const facts = [...accounts.valid].map(([name, account]) =>
    factsOf(name, account, roles, auditor),
  );
  checkAccountIds(reader, facts, bastionAccountId);
  checkAccountNames(reader, facts, bastionAccountId);
  const machineRoles = readMachineRoles(reader, roles.ofMachines, {
    partition,
    bastionAccountId,
    accounts: facts,
    ours: roles.names,
    taken: [
      ...Object.values(standardRoles),
      ...Object.values(pipelineRoles),
      ...[organizationsRole, helpDeskRole, auditorRole],
      ...plainNames(wayIn.deploymentRole),
    ],
  });
  checkRoles(reader, { roles, machineRoles, partition, facts, ...wayIn });
  for (const [name, { roles: ofAccount = [] }] of accounts.valid) {
    const path = `accounts.${name}.roles`;
    reader.unknownNames(path, ofAccount, roles.names, "a role");
  }
  return {
    organisation: {
      partition,
      region,
      accounts: facts,
      roles: roles.definitions,
      machineRoles,
      auditor,
      pipeline: readPipeline(reader, roles.names, auditor),
      ...wayIn,
      revokedSessions: readRevokedSessions(reader, now),
      tags,
    },
    bastionAccountId,
    accountNames: accounts.names,
    roleNames: roles.names.filter((name) => !roles.ofMachines.has(name)),
    machineRoleNames: [...roles.ofMachines.keys()],
  };
}

const factsOf = (
  name: string,
  { id, production, roles: own }: z.infer<typeof schema.account>,
  { definitions, ofMachines }: Roles,
  auditor: boolean,
): WorkloadAccountFacts => ({
  name,
  id,
  production,
  roles: [
    ...new Set([
      ...(own?.filter((one) => !ofMachines.has(one)) ?? definitions.keys()),
      ...(auditor ? [auditorRole] : []),
    ]),
  ],
  machineRoles: [...ofMachines.keys()].filter(
    (one) => own?.includes(one) ?? true,
  ),
});

interface ReadRoles {
  readonly roles: Roles;
  readonly machineRoles: Organisation["machineRoles"];
  readonly partition: Organisation["partition"];
  readonly facts: readonly WorkloadAccountFacts[];
  readonly deploymentRole: string | undefined;
}

/** What only the roles and the accounts together show. */
function checkRoles(
  reader: ConfigReader,
  { roles, machineRoles, partition, facts, deploymentRole }: ReadRoles,
): void {
  checkIdentityProviders(reader, facts, machineRoles);
  checkAudiences(reader, facts, machineRoles);
  const all = new Map<string, RolePermissions>([
    ...roles.definitions,
    ...machineRoles,
  ]);
  checkResourceNames(reader, facts, all);
  checkManagedPolicies(reader, all, partition, facts);
  checkPartitions(reader, all.values(), partition);
  checkAssumableRoles(
    reader,
    roles.definitions,
    [...roles.ofMachines.keys()],
    deploymentRole,
  );
  checkReservedNames(
    reader,
    roles.names,
    plainNames(deploymentRole),
    "deploymentRole",
  );
}

const plainNames = (role: string | undefined): readonly string[] =>
  role === undefined ? [] : [plainName(role)];

/** Seconds that another machine's clock may be ahead. */
const differenceOfClocks = 3_600;

/** Of sessions that have ended by themselves nothing needs to be said any more. */
function readRevokedSessions(
  reader: ConfigReader,
  now: Date,
): readonly RevokedFacts[] {
  const { valid } = reader.entries(
    "revokedSessions",
    () => schema.revokedAt,
    schema.userName,
  );
  const read = [...valid].map(([user, openedBefore]) => ({
    user,
    openedBefore,
    secondsAgo: (now.getTime() - Date.parse(openedBefore)) / 1_000,
  }));
  for (const { user, openedBefore, secondsAgo } of read) {
    if (secondsAgo > -differenceOfClocks) continue;
    reader.report(
      `revokedSessions.${user}`,
      `${openedBefore}, which is to come`,
      "when the sessions were revoked: until then no session of the user would be worth anything",
    );
  }
  return read.filter(({ secondsAgo }) => secondsAgo < quotas.userSession.most);
}

/** How a deployment gets into the accounts. */
function readWayIn(
  reader: ConfigReader,
): Pick<Organisation, "deploymentRole" | "webIdentityTokenFile"> {
  const deploymentRole =
    reader.text("deploymentRole", schema.deploymentRole) ?? organizationsRole;
  const webIdentityTokenFile = reader.text("webIdentityTokenFile", tokenFile);
  if (webIdentityTokenFile !== undefined && deploymentRole === noRole) {
    reader.report(
      "webIdentityTokenFile",
      "a token beside deploymentRole: none",
      "a deploymentRole: a token is good for nothing but taking a role",
    );
  }
  return {
    deploymentRole: deploymentRole === noRole ? undefined : deploymentRole,
    webIdentityTokenFile,
  };
}

function checkAccountIds(
  reader: ConfigReader,
  accounts: readonly WorkloadAccountFacts[],
  bastionAccountId: AccountId | undefined,
): void {
  const seen = new Map<AccountId, string>();
  for (const { name, id } of accounts) {
    const first = seen.get(id);
    // Alone, it is a single account that has users and roles.
    if (id === bastionAccountId && accounts.length > 1) {
      reader.report(
        `accounts.${name}.id`,
        `${id}, which is the bastion's, beside other accounts`,
        "a workload account: where there are several, the bastion holds users and nothing else",
      );
    } else if (first !== undefined) {
      reader.report(
        `accounts.${name}.id`,
        `${id}, which is also accounts.${first}.id`,
        "an id of its own for each account",
      );
    }
    seen.set(id, first ?? name);
  }
}

/** The bastion has a name of its own: in profiles, links and what verify shows. */
function checkAccountNames(
  reader: ConfigReader,
  accounts: readonly WorkloadAccountFacts[],
  bastionAccountId: AccountId | undefined,
): void {
  const other = accounts.find(
    ({ name, id }) => name === bastionComponent && id !== bastionAccountId,
  );
  if (other === undefined) return;
  reader.report(
    `accounts.${other.name}`,
    `the name of the bastion, for ${other.id}`,
    "another name for a workload account",
  );
}
