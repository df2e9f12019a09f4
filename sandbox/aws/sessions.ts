import { newAccessKeyId, newSecret, newToken } from "./ids";
import type { Cloud, Session } from "./model";
import type { Result } from "./operation";

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
