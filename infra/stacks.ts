import { StackReference, type Output } from "@pulumi/pulumi";
import { BastionAccount, type UserOutputs } from "./bastion-account";
import {
  ConfigError,
  show,
  type BastionConfig,
  type WorkloadConfig,
} from "./config";
import { planGroups } from "./groups";
import { switchRoleUrl, type AccountId } from "./partition";
import { accountProvider } from "./provider";
import { WorkloadAccount, type RoleOutputs } from "./workload-account";

/** What `pulumi stack output` tells of the bastion, and a workload stack's reference reads. */
export interface BastionOutputs {
  readonly accountId: Output<AccountId>;
  readonly signInUrl: Output<string>;
  readonly mfaSerialPattern: Output<string>;
  readonly users: Output<Readonly<Record<string, UserOutputs>>>;
  /** By account and role: a link that takes a signed-in user there. */
  readonly switchRoleUrls: Readonly<
    Record<string, Readonly<Record<string, string>>>
  >;
}

export interface WorkloadOutputs {
  readonly bastionAccountId: AccountId;
  readonly accounts: Readonly<Record<string, AccountOutputs>>;
}

export interface AccountOutputs {
  readonly accountId: Output<AccountId>;
  readonly roles: Output<Readonly<Record<string, RoleOutputs>>>;
}

export function buildBastion(config: BastionConfig): BastionOutputs {
  const { organisation, accountId } = config;
  const { partition } = organisation;
  // Planned before the first resource: a group over its quota is an error with nothing changed.
  const groups = planGroups(config);
  const bastion = new BastionAccount(
    "bastion",
    { ...config, partition, groups },
    { providers: [accountProvider("bastion", accountId, organisation)] },
  );
  return {
    accountId: bastion.accountId,
    signInUrl: bastion.signInUrl,
    mfaSerialPattern: bastion.mfaSerialPattern,
    users: bastion.users,
    switchRoleUrls: Object.fromEntries(
      organisation.accounts.map(({ name, id, roles }) => [
        name,
        Object.fromEntries(
          roles.map((role) => [
            role,
            switchRoleUrl(partition, {
              account: id,
              role,
              label: `${name} ${role}`,
            }),
          ]),
        ),
      ]),
    ),
  };
}

export async function buildWorkload(
  config: WorkloadConfig,
): Promise<WorkloadOutputs> {
  const { organisation } = config;
  const bastionAccountId = await findBastion(config);
  const accounts = config.accounts.map(({ name, id, roles }) => {
    const account = new WorkloadAccount(
      name,
      {
        partition: organisation.partition,
        accountId: id,
        accountName: name,
        bastionAccountId,
        roles: [...organisation.roles.values()].filter((role) =>
          roles.includes(role.name),
        ),
      },
      { providers: [accountProvider(name, id, organisation)] },
    );
    return [
      name,
      { accountId: account.accountId, roles: account.roles },
    ] as const;
  });
  return { bastionAccountId, accounts: Object.fromEntries(accounts) };
}

/**
 * The bastion's account id as a plain string, so that trust policies are known at preview: a
 * policy pack can gate only what is known.
 */
async function findBastion({
  bastion,
  accounts,
}: WorkloadConfig): Promise<AccountId> {
  if ("accountId" in bastion) return bastion.accountId;
  const reference = new StackReference(bastion.stack);
  const { value } = (await reference.getOutputDetails("accountId")) as {
    readonly value?: unknown;
  };
  const own = accounts.find(({ id }) => id === value);
  if (typeof value === "string" && /^\d{12}$/.test(value) && !own) return value;
  throw new ConfigError([
    {
      path: "bastionStack",
      found: own
        ? `${bastion.stack}, whose account is also accounts.${own.name}.id`
        : `${bastion.stack}, whose output accountId is ${show(value)}`,
      expected:
        "a deployed bastion stack, whose output accountId is an account of its own",
    },
  ]);
}
