import { organizationsRole } from "../names";
import { homeRegion, type AccountId, type Partition } from "../partition";
import type { Organisation, WorkloadAccountFacts } from "./model";
import type { ConfigReader } from "./reader";
import { checkResourceNames } from "./resource-names";
import { readRoles } from "./roles";
import * as schema from "./schema";

/** What both kinds of stack check their own keys against. */
export interface OrganisationReading {
  readonly organisation: Organisation;
  readonly bastionAccountId: AccountId | undefined;
  /** Names in the config, those of wrong entries included. */
  readonly accountNames: readonly string[];
  readonly roleNames: readonly string[];
}

/** Says in config that a deployment takes no role. */
const noRole = "none";

/** Reads the facts that both kinds of stack share. */
export function readOrganisation(reader: ConfigReader): OrganisationReading {
  const partition: Partition =
    reader.text("partition", schema.partition) ?? "aws";
  const region = reader.text("region", schema.region) ?? homeRegion(partition);
  const bastionAccountId = reader.text("bastionAccountId", schema.accountId);
  const deploymentRole =
    reader.text("deploymentRole", schema.deploymentRole) ?? organizationsRole;
  const webIdentityTokenFile = reader.text(
    "webIdentityTokenFile",
    schema.webIdentityTokenFile,
  );
  if (webIdentityTokenFile !== undefined && deploymentRole === noRole) {
    reader.report(
      "webIdentityTokenFile",
      "a token beside deploymentRole: none",
      "a deploymentRole: a token is good for nothing but taking a role",
    );
  }
  const tags = reader.structure("tags", schema.tags) ?? {};
  const accounts = reader.entries(
    "accounts",
    () => schema.account,
    schema.accountName,
  );
  const roles = readRoles(reader);

  const facts = [...accounts.valid].map(
    ([name, account]): WorkloadAccountFacts => ({
      name,
      id: account.id,
      roles: account.roles ?? [...roles.definitions.keys()],
    }),
  );
  checkAccountIds(reader, facts, bastionAccountId);
  checkResourceNames(reader, facts, roles.definitions);
  checkReservedNames(
    reader,
    roles.names,
    deploymentRole === noRole ? [] : deploymentRole.split("/").slice(-1),
    "deploymentRole",
  );
  for (const { name, roles: ofAccount } of facts) {
    const path = `accounts.${name}.roles`;
    reader.unknownNames(path, ofAccount, roles.names, "a role");
  }
  return {
    organisation: {
      partition,
      region,
      accounts: facts,
      roles: roles.definitions,
      deploymentRole: deploymentRole === noRole ? undefined : deploymentRole,
      webIdentityTokenFile,
      tags,
    },
    bastionAccountId,
    accountNames: accounts.names,
    roleNames: roles.names,
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
    if (id === bastionAccountId) {
      reader.report(
        `accounts.${name}.id`,
        `${id}, which is the bastion's`,
        "a workload account: the bastion holds users and nothing else",
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

/** Reports each role of the config that would take the name of one that the accounts have without it. */
export function checkReservedNames(
  reader: ConfigReader,
  names: readonly string[],
  reserved: readonly string[],
  key: string,
): void {
  for (const name of names) {
    const taken = reserved.find(
      (one) => one.toLowerCase() === name.toLowerCase(),
    );
    if (taken === undefined) continue;
    reader.report(
      `roles.${name}`,
      `the name of the role ${taken}, which ${key} stands for`,
      "a name that no other role of the accounts has",
    );
  }
}
