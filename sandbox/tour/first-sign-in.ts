import type { IAMClient } from "@aws-sdk/client-iam";
import type { SandboxAws } from "../aws";
import type { StackFile } from "../project";
import { check, type Check } from "./checks";
import type { SignedInUser } from "./matrix";
import { Person } from "./people";

/** Hours: a session with MFA, as long as AWS lets it live and longer than a role should take it. */
const longestSession = 36;
const consoleSession = 12;

/**
 * A newcomer's first day: first password, changed at once; an authenticator; then MFA. Who may,
 * makes an access key; who may not, is seen to fail. `device` is the authenticator's name; left out:
 * one that is not the user's.
 */
export async function signInFirstTime(
  aws: SandboxAws,
  stackFile: StackFile,
  administrator: IAMClient,
  name: string,
  device?: string,
): Promise<{ readonly user: SignedInUser; readonly checks: readonly Check[] }> {
  const person = new Person(aws, stackFile.bastionAccountId, name);
  await person.receivePassword(administrator);
  const firstSession = await person.signInFirst();
  await person.enrolMfa(firstSession, device);
  const console = await person.signInWithMfa();

  const mayHaveKeys = stackFile.users[name]?.programmaticAccess !== false;
  if (mayHaveKeys) {
    const key = await person.makeAccessKey(console);
    const session = await person.openSession(key, longestSession * 3_600);
    return {
      user: {
        person,
        withoutMfa: key,
        withMfa: session,
        hours: longestSession,
      },
      checks: [],
    };
  }
  const refused = await check(
    `${name} makes an access key, from the console alone`,
    "denied",
    person.makeAccessKey(console),
  );
  return {
    // Opened before there was MFA, and therefore without it.
    user: {
      person,
      withoutMfa: firstSession,
      withMfa: console,
      hours: consoleSession,
    },
    checks: [refused],
  };
}
