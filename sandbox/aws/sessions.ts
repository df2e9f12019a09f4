import { newAccessKeyId, newSecret, newToken } from "./ids";
import { accessDenied } from "./errors";
import type { Cloud, Session, User } from "./model";
import type { Call, Result } from "./operation";

/**
 * The user who calls with a key of their own.
 *
 * @throws AwsError AccessDenied for temporary credentials, of whomever they are.
 */
export function callingUser({ caller }: Call, action: string): User {
  if (caller.kind === "user" && caller.session === undefined) {
    return caller.user;
  }
  throw accessDenied(`Cannot call ${action} with session credentials`);
}

/** Hands out temporary credentials. `seconds`: how long they last. */
export function openSession(
  cloud: Cloud,
  accountId: string,
  origin: Session["origin"],
  seconds: number,
): Session {
  const issuedAt = cloud.now();
  const session: Session = {
    accessKeyId: newAccessKeyId("ASIA"),
    secret: newSecret(),
    token: newToken(),
    accountId,
    issuedAt,
    expiresAt: new Date(issuedAt.getTime() + seconds * 1_000),
    origin,
  };
  cloud.sessions.set(session.accessKeyId, session);
  return session;
}

export const describeCredentials = (session: Session): Result => ({
  AccessKeyId: session.accessKeyId,
  SecretAccessKey: session.secret,
  SessionToken: session.token,
  Expiration: session.expiresAt,
});
