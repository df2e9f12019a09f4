import { StackReference, type ProviderResource } from "@pulumi/pulumi";
import { planAlarms, planBastionAlarms, type AlarmPlan } from "./alarms";
import { BastionAccount } from "./components/bastion-account";
import { BreakGlassAlarm } from "./components/break-glass-alarm";
import {
  ConfigError,
  show,
  type BastionConfig,
  type WorkloadAccountFacts,
  type WorkloadConfig,
} from "./config";
import { isSingleAccount } from "./config/single-account";
import { clientSections } from "./profiles/section";
import { alarmComponent, bastionComponent } from "./logical-names";
import { planGroups } from "./groups";
import { accountIdPattern, switchRoleUrl, type AccountId } from "./partition";
import { Pipeline } from "./components/pipeline";
import { bastionPipeline, workloadPipeline } from "./pipeline-access";
import { roleBoundary, userBoundary } from "./pipeline-boundaries";
import { accountProvider } from "./provider";
import { planIdentityProviders } from "./machine-access";
import { planBastionRoles, planMachineRoles, planRoles } from "./roles";
import { WorkloadAccount } from "./components/workload-account";

/** What `pulumi stack output` shows, and a workload stack's reference reads. */
export type BastionOutputs = ReturnType<typeof buildBastion>;
export type WorkloadOutputs = Awaited<ReturnType<typeof buildWorkload>>;

export function buildBastion(config: BastionConfig) {
  const { organisation, accountId } = config;
  const { partition } = organisation;
  // Planned before the first resource: what is over its quota is an error with nothing changed.
  const groups = planGroups(config);
  const boundary = userBoundary(config);
  const roles = planBastionRoles(config);
  const providers = [
    accountProvider(bastionComponent, accountId, organisation),
  ];
  const bastion = new BastionAccount(
    bastionComponent,
    {
      partition,
      accountId,
      accountAlias: config.accountAlias,
      users: config.users,
      groups,
      keepPoliciesOf: config.keepPoliciesOf,
      passwordPolicy: config.passwordPolicy,
      userBoundary: boundary,
      roles,
    },
    { providers },
  );
  const pipeline = bastionPipeline(config);
  if (pipeline !== undefined) {
    new Pipeline(bastionComponent, pipeline, { providers }).makeRoles(bastion);
  }
  makeAlarms(bastionComponent, planBastionAlarms(config), providers);
  return {
    accountId: bastion.accountId,
    signInUrl: bastion.signInUrl,
    mfaSerialPattern: bastion.mfaSerialPattern,
    users: bastion.users,
    /** By account and role: a link that takes a signed-in user there. */
    switchRoleUrls: Object.fromEntries(
      organisation.accounts.map((account) => [
        account.name,
        Object.fromEntries(
          account.roles.map((role) => [
            role,
            switchRoleUrl(partition, account, role),
          ]),
        ),
      ]),
    ),
    /** By user who may have an access key: their part of `~/.aws/config`. */
    clientConfig: clientSections(config),
  };
}

export async function buildWorkload(config: WorkloadConfig) {
  const { organisation } = config;
  const bastionAccountId = await findBastion(config);
  refuseTheBastion(config, bastionAccountId);
  // Planned before the first resource: what is over its quota is an error with nothing changed.
  const plans = config.accounts.map((facts) =>
    planAccount(config, facts, bastionAccountId),
  );
  const accounts = plans.map(
    ({ facts, alarms, pipeline: planned, ...args }) => {
      const { name, id } = facts;
      const providers = [accountProvider(name, id, organisation)];
      // With its identity provider alone: roles of the account may wait for that.
      const pipeline = planned && new Pipeline(name, planned, { providers });
      const account = new WorkloadAccount(
        name,
        { ...args, pipelinesProvider: pipeline?.identityProvider },
        { providers },
      );
      pipeline?.makeRoles(account);
      makeAlarms(name, alarms, providers);
      return [
        name,
        {
          accountId: account.accountId,
          roles: account.roles,
          /** Only where there are any: their ARNs, which a vendor or a pipeline asks for. */
          ...(facts.machineRoles.length > 0 && {
            machineRoles: account.machineRoles,
          }),
        },
      ] as const;
    },
  );
  return { bastionAccountId, accounts: Object.fromEntries(accounts) };
}

/** As config does where it has the account's id: whoever comes from there is a person, and has MFA. */
function refuseTheBastion(
  { organisation }: WorkloadConfig,
  bastionAccountId: AccountId,
): void {
  if (isSingleAccount(organisation, bastionAccountId)) return;
  const found = `${bastionAccountId}, which is the bastion's`;
  const wrong = [...organisation.machineRoles.values()].flatMap(
    ({ name, trust }) => [
      ...(trust.kind !== "oidc" && trust.accountId === bastionAccountId
        ? [
            {
              path: `roles.${name}.trust`,
              found,
              expected:
                "an account where machines run: in the bastion there are people",
            },
          ]
        : []),
      ...(trust.kind === "vendor" && trust.externalId === bastionAccountId
        ? [
            {
              path: `roles.${name}.trust.vendor.externalId`,
              found,
              expected:
                "the external id that the vendor has made for you: others know, or guess, an account's id",
            },
          ]
        : []),
    ],
  );
  if (wrong.length > 0) throw new ConfigError(wrong);
}

function planAccount(
  config: WorkloadConfig,
  facts: WorkloadAccountFacts,
  bastionAccountId: AccountId,
) {
  const { organisation } = config;
  const alarms = planAlarms(config, facts);
  return {
    facts,
    alarms,
    pipeline: workloadPipeline(config, {
      account: facts,
      bastionAccountId,
      hasAlarm: alarms.length > 0,
    }),
    accountId: facts.id,
    roles: planRoles(organisation, facts, bastionAccountId),
    machineRoles: planMachineRoles(organisation, facts),
    identityProviders: planIdentityProviders(organisation, facts),
    roleBoundary: roleBoundary(organisation, facts.id),
  };
}

function makeAlarms(
  account: string,
  alarms: readonly AlarmPlan[],
  providers: ProviderResource[],
): void {
  for (const alarm of alarms) {
    const name = alarmComponent(account, alarm.region);
    new BreakGlassAlarm(name, alarm, { providers });
  }
}

/**
 * The bastion's account id as a plain string, so that trust policies are known at preview: a
 * policy pack can gate only what is known.
 */
async function findBastion({
  bastion,
  organisation: { accounts },
}: WorkloadConfig): Promise<AccountId> {
  if ("accountId" in bastion) return bastion.accountId;
  const reference = new StackReference(bastion.stack);
  const { value } = (await reference.getOutputDetails("accountId")) as {
    readonly value?: unknown;
  };
  // An account alone may be the bastion's own.
  const own =
    accounts.length > 1 ? accounts.find(({ id }) => id === value) : undefined;
  if (typeof value === "string" && accountIdPattern.test(value) && !own) {
    refuseAnother(bastion, value);
    return value;
  }
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

/** Every role lets in the people of the one account that is said to be the bastion. */
function refuseAnother(
  {
    stack,
    saidToBe,
  }: Extract<WorkloadConfig["bastion"], { readonly stack: string }>,
  found: AccountId,
): void {
  if (saidToBe === undefined || saidToBe === found) return;
  throw new ConfigError([
    {
      path: "bastionAccountId",
      found: `${saidToBe}, beside the bastionStack ${stack}, whose output accountId is ${show(found)}`,
      expected: "the same account in both, or one of the two alone",
    },
  ]);
}
