import type {
  LiveAccount,
  LiveGroup,
  LiveRole,
} from "../../../commands/accounts/live-account";
import type { LiveOrganisation } from "../../../commands/accounts/organisation";
import type { ExpectedAccess } from "../../../commands/verify/expected";
import type { ExpectedRole } from "../../../commands/verify/expected-role";
import { bastionId } from "./accounts";
import { liveAccount, organisationOf } from "./live-accounts";

const inlineOf = (policies: Readonly<Record<string, object>>) =>
  Object.entries(policies).map(([name, document]) => ({
    name,
    text: JSON.stringify(document),
  }));

export const attached = (arn: string) => ({
  name: arn.slice(arn.lastIndexOf("/") + 1),
  arn,
});

const roleOf = (account: string, meant: ExpectedRole): LiveRole => ({
  id: "AROAEXAMPLEEXAMPLE234",
  name: meant.name,
  path: "/",
  arn: `arn:aws:iam::${account}:role/${meant.name}`,
  inlinePolicies: inlineOf(meant.inlinePolicies),
  attachedPolicies: meant.managedPolicyArns.map(attached),
  boundary: meant.boundaryArn ?? undefined,
  tags: meant.tags,
  trust: JSON.stringify(meant.trust),
  maxSessionSeconds: meant.maxSessionSeconds,
  createdAt: undefined,
  lastUsedAt: undefined,
  instanceProfiles: [],
});

const groupOf = ({
  name,
  inlinePolicies,
}: ExpectedAccess["groups"][number]): LiveGroup => ({
  id: "AGPAEXAMPLEEXAMPLE234",
  name,
  path: "/",
  arn: `arn:aws:iam::${bastionId}:group/${name}`,
  inlinePolicies: inlineOf(inlinePolicies),
  attachedPolicies: [],
});

/** The accounts as the program deploys them, but for what is changed by hand. */
export function deployedBut(
  expected: ExpectedAccess,
  change: (account: LiveAccount) => LiveAccount,
): LiveOrganisation {
  const { groups, users } = expected;
  // A single account is both the bastion and a workload account.
  const accounts = new Map(
    [expected.bastion, ...expected.accounts].map((one) => [one.id, one]),
  );
  return {
    ...organisationOf({}),
    accounts: [...accounts.values()].map(({ id, name, roles }) => {
      const live: LiveAccount = {
        ...liveAccount(id, {
          users:
            id === bastionId
              ? users.map((user) => ({
                  name: user.name,
                  tags: user.tags,
                  groups: groups
                    .filter(({ members }) => members.includes(user.name))
                    .map((group) => group.name),
                }))
              : [],
        }),
        roles: roles.map((role) => roleOf(id, role)),
        groups: id === bastionId ? groups.map(groupOf) : [],
      };
      return { id, name, live: change(live) };
    }),
  };
}
