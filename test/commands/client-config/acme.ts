import type { BastionConfig, UserFacts } from "../../../infra/config";
import { bastionConfig } from "../../infra/config-of";

/** An organisation to set up clients for. */
export const acme = (more = ""): BastionConfig =>
  bastionConfig(`
bastionAccountId: "111111111111"
accountAlias: acme-bastion
accounts:
  dev: { id: "222222222222" }
  prod: { id: "033333333333", roles: [ReadOnly, OpsSudo] }
everybody:
  - { roles: [ReadOnly], accounts: all }
teams:
  operations: { grants: [{ roles: [PowerUser, OpsSudo], accounts: all }] }
users:
  ada: { teams: [operations] }
  bashir: {}
  dolores: { teams: [operations], programmaticAccess: false }
  eve: { consoleAccess: false }
${more}`);

export function userOf(config: BastionConfig, name: string): UserFacts {
  const user = config.users.find((one) => one.name === name);
  if (!user) throw new Error(`no user ${name}`);
  return user;
}
