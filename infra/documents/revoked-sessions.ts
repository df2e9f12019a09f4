import { ConfigError } from "../config/problem";
import {
  deny,
  policyDocument,
  type Condition,
  type PolicyDocument,
} from "./policy-document";

/** Sessions of a user that are worth nothing from now on: those opened before. */
export interface RevokedSessions {
  readonly user: string;
  /** As `2026-11-26T22:41:00Z`. */
  readonly openedBefore: string;
}

/** Characters to leave free for it, so that it can be put at once: three users have room in them. */
export const roomForRevoked = 700;

/**
 * Closes running sessions of a role, of those who bear these names: every session of a role that people
 * take has its user's name. Whoever opens another afterwards works on.
 *
 * Source: AWS documentation, "Revoke IAM role temporary security credentials"; "AWS global condition
 * context keys", aws:userid and aws:TokenIssueTime.
 */
export const revokedRoleSessions = (
  revoked: readonly RevokedSessions[],
): PolicyDocument =>
  revokedBy(revoked, (users) => ({
    StringLike: { "aws:userid": oneOrAll(users.map((user) => `*:${user}`)) },
  }));

/** The same for users' own sessions, with which they open those of roles. */
export const revokedUserSessions = (
  revoked: readonly RevokedSessions[],
): PolicyDocument =>
  revokedBy(revoked, (users) => ({
    StringEquals: { "aws:username": oneOrAll(users) },
  }));

/** Those of one time in one statement: in an emergency many are closed at once. */
function revokedBy(
  revoked: readonly RevokedSessions[],
  whose: (users: readonly string[]) => Condition,
): PolicyDocument {
  const times = new Map<string, readonly string[]>();
  for (const { user, openedBefore } of revoked) {
    times.set(openedBefore, [...(times.get(openedBefore) ?? []), user]);
  }
  return policyDocument(
    ...[...times].map(([openedBefore, users], index) =>
      deny({
        sid: `OpenedBefore${index + 1}`,
        actions: ["*"],
        resources: ["*"],
        condition: {
          ...whose(users),
          DateLessThan: { "aws:TokenIssueTime": openedBefore },
        },
      }),
    ),
  );
}

const oneOrAll = (values: readonly string[]): string | readonly string[] => {
  const [first, ...others] = values;
  return first === undefined || others.length > 0 ? values : first;
};

/**
 * @param texts of all inline policies of a group or a role
 * @throws ConfigError when what closes sessions makes them more than IAM takes.
 */
export function checkRoomForRevoked(
  holder: string,
  texts: readonly string[],
  most: number,
): void {
  const characters = texts.reduce((sum, { length }) => sum + length, 0);
  if (characters <= most) return;
  throw new ConfigError([
    {
      path: "revokedSessions",
      found: `so many that the policies of the ${holder} have ${characters} characters`,
      expected: `at most ${most}, which is IAM's quota: give several users the latest of their times, which takes one statement for all of them`,
    },
  ]);
}
