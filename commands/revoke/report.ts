import { quotas } from "../../infra/documents/quotas";
import type { Closed } from "./close";

export interface Revocation {
  readonly user: string;
  /** The project's file, in which it was written. */
  readonly file: string;
  /** As `2026-11-26T22:41:00Z`. */
  readonly openedBefore: string;
  /** Whether the stack file still has the user. */
  readonly isUser: boolean;
  readonly seconds: number;
}

/** What is closed, what is not, and what is to be done now. */
export function revokedText(
  accounts: readonly Closed[],
  { user, file, openedBefore, isUser, seconds }: Revocation,
): string {
  const closed = accounts.filter(({ failed }) => failed === undefined);
  const open = accounts.filter(({ failed }) => failed !== undefined);
  const places = closed.reduce((sum, one) => sum + one.closed.length, 0);
  const until = new Date(
    Date.parse(openedBefore) + quotas.userSession.most * 1_000,
  );
  return [
    `${user}: sessions opened before ${openedBefore} are closed in ${closed.length} of ${accounts.length} accounts (${places} roles and groups), in ${seconds.toFixed(1)} s. IAM takes some seconds more until it is so everywhere.`,
    ...open.map(
      ({ account, failed }) =>
        `  Not closed in ${account.name} (${account.id}): ${failed ?? ""}`,
    ),
    ...accounts
      .filter(({ absent }) => absent.length > 0)
      .map(
        ({ account, absent }) =>
          `  Not there in ${account.name} (${account.id}): ${absent.join(", ")}`,
      ),
    ...(open.length === 0
      ? []
      : ["Fix: remedy that, and run the same command again."]),
    isUser
      ? `${user} is still a user, and may open new sessions from then on. Fix: for a leaver, take ${user} out of the stack file and deploy the bastion; for a stolen session, deactivate access keys that may be known, and set a new password.`
      : `${user} is no user of the stack file: deploy the bastion, if that was not done yet.`,
    "Only roles of the config were looked at: npm run verify names others, and who takes them.",
    `Not closed is what one of these sessions has opened beyond the stacks' roles: a role of assumableRoles, for an hour at most.`,
    `${file} says so now, under revokedSessions: commit it, so that no deployment opens them before ${until.toISOString()}. The first one after that takes the policies out.`,
    "",
  ].join("\n");
}
