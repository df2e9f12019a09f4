import type { IAM } from "@aws-sdk/client-iam";
import { revokedSessions } from "../../infra/names";
import { clientsIn, type WayIn } from "../accounts/clients";
import { ifThere } from "../accounts/if-there";
import { inParallel } from "../accounts/in-parallel";
import type { Progress } from "../accounts/live-account";
import { wholePages } from "../accounts/whole-pages";
import { explained, isUnanswered } from "../command-line/explained";
import type { AccountToClose, PolicyToPut } from "./policies";

/** What became of an account. */
export interface Closed {
  readonly account: AccountToClose;
  /** Roles and groups that have the policy now. */
  readonly closed: readonly string[];
  /** Those that are not deployed there: nobody has a session of them. */
  readonly absent: readonly string[];
  /** Why it is not certain that all is closed; undefined: it is. */
  readonly failed: string | undefined;
}

/** So many that a thousand accounts take less than a minute. */
const accountsAtOnce = 32;

/**
 * Puts the policies; one account that fails keeps none of the others.
 *
 * @param user whose sessions they close
 */
export const closeSessions = (
  way: WayIn,
  accounts: readonly AccountToClose[],
  user: string,
  progress: Progress,
): Promise<readonly Closed[]> =>
  inParallel(accounts, accountsAtOnce, async (account) => {
    const result = await closeIn(clientsIn(way, account.id).iam, account, user);
    progress(
      `${account.name} (${account.id}): ${result.failed ?? `closed in ${result.closed.join(", ") || "nothing"}`}`,
    );
    return result;
  });

async function closeIn(
  iam: IAM,
  account: AccountToClose,
  user: string,
): Promise<Closed> {
  const closed: string[] = [];
  const absent: string[] = [];
  const failures: string[] = [];
  let silence: Error | undefined;
  for (const policy of account.policies) {
    const name = `${policy.holder} ${policy.name}`;
    try {
      // Where AWS did not answer once, the others would wait as long, one after the other.
      if (silence !== undefined) throw silence;
      const done = await ifThere(put(iam, policy));
      (done === undefined ? absent : closed).push(name);
    } catch (error) {
      failures.push(`${name}: ${explained(error)}`);
      if (isUnanswered(error)) silence = error;
    }
  }
  const groups = account.policies.filter(({ holder }) => holder === "group");
  if (groups.length > 0 && failures.length === 0) {
    failures.push(...(await outsideOf(iam, closed, user)));
  }
  return {
    account,
    closed,
    absent,
    failed: failures.length === 0 ? undefined : failures.join("; "),
  };
}

/** A group's policy closes the sessions of those who are in it; of a user who is gone there are none. */
async function outsideOf(
  iam: IAM,
  closed: readonly string[],
  user: string,
): Promise<readonly string[]> {
  try {
    const groups = await ifThere(groupsOf(iam, user));
    return groups?.some((name) => closed.includes(`group ${name}`)) === false
      ? [
          `the own sessions of ${user}, who is in none of the groups that close them: deploy the bastion with --refresh`,
        ]
      : [];
  } catch (error) {
    return [`the groups of ${user} could not be read: ${explained(error)}`];
  }
}

async function groupsOf(iam: IAM, UserName: string): Promise<string[]> {
  const names: string[] = [];
  for await (const { Groups = [] } of wholePages(
    iam.paginateListGroupsForUser({ UserName }),
  )) {
    names.push(...Groups.map(({ GroupName = "" }) => GroupName));
  }
  return names;
}

function put(iam: IAM, { holder, name, text }: PolicyToPut): Promise<object> {
  const policy = { PolicyName: revokedSessions, PolicyDocument: text };
  return holder === "role"
    ? iam.putRolePolicy({ RoleName: name, ...policy })
    : iam.putGroupPolicy({ GroupName: name, ...policy });
}
