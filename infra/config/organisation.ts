import { auditorRole, organizationsRole } from "../names";
import { homeRegion, type AccountId } from "../partition";
import { checkAssumableRoles } from "./assumable-roles";
import { checkManagedPolicies } from "./managed-policies";
import { quotas } from "../documents/quotas";
import type { Organisation, RevokedFacts, WorkloadAccountFacts } from "./model";
import { readPipeline } from "./pipeline";
import type { ConfigReader } from "./reader";
import { checkReservedNames } from "./reserved-names";
import { checkResourceNames } from "./resource-names";
import { readRoles } from "./roles";
import * as schema from "./schema";
import { tokenFile } from "./token-file";

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
export function readOrganisation(
  reader: ConfigReader,
  now: Date,
): OrganisationReading {
  const partition = reader.text("partition", schema.partition) ?? "aws";
  const region = reader.text("region", schema.region) ?? homeRegion(partition);
  const bastionAccountId = reader.text("bastionAccountId", schema.accountId);
  const wayIn = readWayIn(reader);
  const tags = reader.structure("tags", schema.tags) ?? {};
  const accounts = reader.entries(
    "accounts",
    () => schema.account,
    schema.accountName,
  );
  const auditor = reader.structure("auditor", schema.auditor) ?? false;
  const roles = readRoles(reader, auditor);

  const facts = [...accounts.valid].map(
    ([name, account]): WorkloadAccountFacts => ({
      name,
      id: account.id,
      production: account.production,
      roles: [
        ...new Set([
          ...(account.roles ?? roles.definitions.keys()),
          ...(auditor ? [auditorRole] : []),
        ]),
      ],
    }),
  );
  checkAccountIds(reader, facts, bastionAccountId);
  checkResourceNames(reader, facts, roles.definitions);
  checkManagedPolicies(reader, roles.definitions, partition, facts);
  checkAssumableRoles(reader, roles.definitions, wayIn.deploymentRole);
  checkReservedNames(
    reader,
    roles.names,
    wayIn.deploymentRole?.split("/").slice(-1) ?? [],
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
      auditor,
      pipeline: readPipeline(reader, roles.names),
      ...wayIn,
      revokedSessions: readRevokedSessions(reader, now),
      tags,
    },
    bastionAccountId,
    accountNames: accounts.names,
    roleNames: roles.names,
  };
}

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
  return [...valid]
    .map(([user, openedBefore]) => ({
      user,
      openedBefore,
      secondsAgo: (now.getTime() - Date.parse(openedBefore)) / 1_000,
    }))
    .filter(({ secondsAgo }) => secondsAgo < quotas.userSession.most);
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
