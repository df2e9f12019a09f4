/**
 * `node -r ts-node/register infra/client/expected-access.ts [stack]`: prints, as JSON, what the
 * bastion's stack says there should be. It asks neither Pulumi nor AWS, and changes nothing.
 */
import { join } from "node:path";
import { assignmentsOf } from "../../infra/assignments";
import {
  parseConfig,
  type BastionConfig,
  type UserFacts,
} from "../../infra/config";
import { readRawConfigFromFiles } from "../../infra/config/from-files";
import { openWithoutMfa } from "../../infra/documents/mfa-guard";
import type { PolicyDocument } from "../../infra/documents/policy-document";
import { planGroups } from "../../infra/groups";
import { iamArn, type AccountId, type Partition } from "../../infra/partition";

/** What the config says there should be, spelled out: for whoever compares it with what there is. */
export interface ExpectedAccess {
  readonly partition: Partition;
  readonly region: string;
  /** null: the caller's own credentials. */
  readonly deploymentRole: string | null;
  readonly bastion: { readonly id: AccountId; readonly name: string };
  readonly accounts: readonly ExpectedAccount[];
  readonly users: readonly ExpectedUser[];
  readonly groups: readonly ExpectedGroup[];
  /** Actions that users may call before MFA was given. */
  readonly openWithoutMfa: readonly string[];
  readonly passwordPolicy: BastionConfig["passwordPolicy"];
}

export interface ExpectedAccount {
  readonly id: AccountId;
  readonly name: string;
  readonly roles: readonly {
    readonly name: string;
    /** Seconds; null: MFA of any age will do. */
    readonly mfaMaxAgeSeconds: number | null;
  }[];
}

export interface ExpectedUser {
  readonly name: string;
  readonly consoleAccess: boolean;
  readonly programmaticAccess: boolean;
  /** Every role of every account. */
  readonly assignments: readonly {
    readonly account: string;
    readonly role: string;
    readonly granted: boolean;
  }[];
}

export interface ExpectedGroup {
  readonly name: string;
  readonly members: readonly string[];
  readonly inlinePolicies: Readonly<Record<string, PolicyDocument>>;
  readonly managedPolicies: readonly PolicyDocument[];
}

export function expectedAccess(config: BastionConfig): ExpectedAccess {
  const { organisation, accountId, users, passwordPolicy } = config;
  const { partition, region, deploymentRole, accounts, roles } = organisation;
  return {
    partition,
    region,
    deploymentRole: deploymentRole ?? null,
    bastion: { id: accountId, name: "bastion" },
    accounts: accounts.map((account) => ({
      id: account.id,
      name: account.name,
      roles: account.roles.map((role) => ({
        name: role,
        mfaMaxAgeSeconds: roles.get(role)?.mfaMaxAgeSeconds ?? null,
      })),
    })),
    users: users.map((user) => expectedUser(config, user)),
    groups: planGroups(config),
    openWithoutMfa,
    passwordPolicy,
  };
}

function expectedUser(config: BastionConfig, user: UserFacts): ExpectedUser {
  const granted = new Set(
    assignmentsOf(config, user).map(({ roleArn }) => roleArn),
  );
  const { partition, accounts } = config.organisation;
  return {
    name: user.name,
    consoleAccess: user.consoleAccess,
    programmaticAccess: user.programmaticAccess,
    assignments: accounts.flatMap(({ name, id, roles }) =>
      roles.map((role) => ({
        account: name,
        role,
        granted: granted.has(iamArn(partition, id, `role/${role}`)),
      })),
    ),
  };
}

function print(stack: string): void {
  const config = parseConfig(
    readRawConfigFromFiles(join(__dirname, "../.."), stack),
  );
  if (config.stack !== "bastion") {
    throw new Error(
      `Pulumi.${stack}.yaml builds a workload; who may reach what stands in the bastion's stack`,
    );
  }
  console.log(JSON.stringify(expectedAccess(config), undefined, 2));
}

if (require.main === module) {
  try {
    print(process.argv[2] ?? "bastion");
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
