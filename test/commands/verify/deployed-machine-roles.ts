import type {
  LiveAccount,
  LiveRole,
} from "../../../commands/accounts/live-account";
import { expectedAccess } from "../../../commands/verify/expected";
import {
  defaultSettings,
  type VerificationSettings,
} from "../../../commands/verify/facts";
import { verify, type Report } from "../../../commands/verify/report";
import { bastionConfig, workloadConfig } from "../../infra/config-of";
import {
  branchJob,
  reportsOfProd,
  scanner,
} from "../../infra/machine-role-yaml";
import { bastionId, devId, prodId } from "./accounts";
import { deployedBut } from "./as-deployed";

export const issuer = "gitlab.com";
const organisation = `
bastionAccountId: "${bastionId}"
accounts: { dev: { id: "${devId}" }, prod: { id: "${prodId}", roles: [ReadOnly] } }
roles:${scanner("777777777777")}${branchJob("Deployer")}${reportsOfProd("Collector")}
`;
const people = `
everybody: [{ roles: [ReadOnly], accounts: all }]
teams: { operations: { grants: [{ roles: [OpsSudo, PowerUser], accounts: [dev] }] } }
users: { ada: { teams: [operations] } }
`;
export const expected = expectedAccess(bastionConfig(organisation + people), [
  workloadConfig(organisation),
]);
export const arn = `arn:aws:iam::${devId}:oidc-provider/${issuer}`;
export const asMade = [{ arn, audiences: ["https://gitlab.com"] }];

export type Change = (account: LiveAccount) => Partial<LiveAccount>;

/** As the program deploys it, but for what is changed in dev. */
export const reportWith = (
  change: Change,
  settings: Partial<VerificationSettings> = {},
): Report =>
  verify(
    deployedBut(expected, (account) =>
      account.accountId === devId
        ? { ...account, identityProviders: asMade, ...change(account) }
        : account,
    ),
    expected,
    { ...defaultSettings, ...settings },
    new Date(),
  );

export const withRole =
  (name: string, change: (role: LiveRole) => Partial<LiveRole>): Change =>
  ({ roles }) => ({
    roles: roles.map((role) =>
      role.name === name ? { ...role, ...change(role) } : role,
    ),
  });
