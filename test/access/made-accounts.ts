import type { BastionConfig } from "../../infra/config";
import { planGroups } from "../../infra/groups";
import { documentText } from "../../infra/documents/policy-document";
import { planIdentityProviders } from "../../infra/machine-access";
import {
  planBastionRoles,
  planMachineRoles,
  planRoles,
  type MachineRolePlan,
  type RolePlan,
} from "../../infra/roles";
import { startAws, type AwsOptions, type SandboxAws } from "../../sandbox/aws";
import {
  makeGrownAccount,
  type GrownRole,
} from "../../sandbox/grown-account/make";
import { administratorOf } from "../../sandbox/tour/people";

/**
 * Starts an AWS with the accounts of the config, and makes by IAM's calls what the stacks would.
 *
 * @param others accounts that stand beside them, empty
 */
export async function startWithAccounts(
  config: BastionConfig,
  options: Omit<AwsOptions, "accounts"> = {},
  others: AwsOptions["accounts"] = [],
): Promise<SandboxAws> {
  const { accountId, organisation } = config;
  const aws = await startAws({
    ...options,
    accounts: [
      { id: accountId, name: "bastion" },
      ...organisation.accounts,
      ...others,
    ],
  });
  const groups = planGroups(config);
  await makeGrownAccount(await administratorOf(aws, accountId), {
    alias: "acme-bastion",
    groups: groups.map(({ name, inlinePolicies }) => ({
      name,
      inline: Object.fromEntries(
        Object.entries(inlinePolicies).map(([policy, document]) => [
          policy,
          documentText(document),
        ]),
      ),
    })),
    users: config.users.map(({ name, tags }) => ({
      name,
      tags,
      groups: groups
        .filter(({ members }) => members.includes(name))
        .map((group) => group.name),
    })),
    roles: planBastionRoles(config).map(madeRole),
  });
  for (const account of organisation.accounts) {
    const iam = await administratorOf(aws, account.id);
    for (const provider of planIdentityProviders(organisation, account)) {
      await iam.createOpenIDConnectProvider({
        Url: `https://${provider.issuer}`,
        ClientIDList: [...provider.audiences],
      });
    }
    await makeGrownAccount(iam, {
      alias: `acme-${account.name}`,
      groups: [],
      users: [],
      roles: [
        ...planRoles(organisation, account, accountId),
        ...planMachineRoles(organisation, account),
      ].map(madeRole),
    });
  }
  return aws;
}

const madeRole = (role: RolePlan | MachineRolePlan): GrownRole => ({
  name: role.name,
  trust: documentText(role.trustPolicy),
  inline: role.inlinePolicies,
  attached: Object.values(role.managedPolicyArns).map((arn) =>
    arn.replace("arn:aws:iam::aws:policy/", ""),
  ),
});
