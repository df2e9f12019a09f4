import { deny, policyDocument, type PolicyDocument } from "./policy-document";

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
  revokedBy(revoked, (user) => ({ StringLike: { "aws:userid": `*:${user}` } }));

/** The same for users' own sessions, with which they open those of roles. */
export const revokedUserSessions = (
  revoked: readonly RevokedSessions[],
): PolicyDocument =>
  revokedBy(revoked, (user) => ({ StringEquals: { "aws:username": user } }));

const revokedBy = (
  revoked: readonly RevokedSessions[],
  whose: (
    user: string,
  ) => Readonly<Record<string, Readonly<Record<string, string>>>>,
): PolicyDocument =>
  policyDocument(
    ...revoked.map(({ user, openedBefore }, index) =>
      deny({
        sid: `OpenedBefore${index + 1}`,
        actions: ["*"],
        resources: ["*"],
        condition: {
          ...whose(user),
          DateLessThan: { "aws:TokenIssueTime": openedBefore },
        },
      }),
    ),
  );
