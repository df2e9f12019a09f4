import type { Cloud, Session } from "../model";

const sessionsOf = (
  cloud: Cloud,
  accountId: string,
  kind: Session["origin"]["kind"],
  name: string,
): readonly Session[] =>
  [...cloud.sessions.values()].filter(
    ({ accountId: own, origin }) =>
      own === accountId &&
      origin.kind === kind &&
      (origin.kind === "user" ? origin.userName : origin.roleName) === name,
  );

/** What was handed out to somebody deleted is worth nothing to a new one of the same name. */
export function endSessions(
  cloud: Cloud,
  accountId: string,
  kind: Session["origin"]["kind"],
  name: string,
): void {
  for (const { accessKeyId } of sessionsOf(cloud, accountId, kind, name))
    cloud.sessions.delete(accessKeyId);
}

/** A renamed user's sessions go on. */
export function renameSessions(
  cloud: Cloud,
  accountId: string,
  from: string,
  to: string,
): void {
  for (const session of sessionsOf(cloud, accountId, "user", from)) {
    if (session.origin.kind !== "user") continue;
    cloud.sessions.set(session.accessKeyId, {
      ...session,
      origin: { ...session.origin, userName: to },
    });
  }
}
