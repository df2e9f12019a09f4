import type { Session } from "../model";
import type { Call } from "../operation";

const sessionsOf = (
  { cloud, account }: Call,
  kind: Session["origin"]["kind"],
  name: string,
): readonly Session[] =>
  [...cloud.sessions.values()].filter(
    ({ accountId, origin }) =>
      accountId === account.id && origin.kind === kind && origin.name === name,
  );

/** What was handed out to somebody deleted is worth nothing to a new one of the same name. */
export function endSessions(
  call: Call,
  kind: Session["origin"]["kind"],
  name: string,
): void {
  for (const { accessKeyId } of sessionsOf(call, kind, name))
    call.cloud.sessions.delete(accessKeyId);
}

/** A renamed user's sessions go on. */
export function renameSessions(call: Call, from: string, to: string): void {
  for (const session of sessionsOf(call, "user", from)) {
    const origin = { ...session.origin, name: to };
    call.cloud.sessions.set(session.accessKeyId, { ...session, origin });
  }
}
