import type { IAMClient } from "@aws-sdk/client-iam";
import type { SandboxAws } from "../aws";
import type { StackFile } from "../project";
import { check, type Check } from "./checks";
import type { SignedInUser } from "./matrix";
import { Person } from "./people";

/**
 * A newcomer's first day: first password, changed at once; an authenticator; then MFA. Who may,
 * makes an access key; who may not, is seen to fail.
 */
export async function signInFirstTime(
  aws: SandboxAws,
  stackFile: StackFile,
  administrator: IAMClient,
  name: string,
): Promise<{ readonly user: SignedInUser; readonly checks: readonly Check[] }> {
  const person = new Person(aws, stackFile.bastionAccountId, name);
  await person.receivePassword(administrator);
  const firstSession = await person.signInFirst();
  await person.enrolMfa(firstSession);
  const console = await person.signInWithMfa();

  const mayHaveKeys = stackFile.users[name]?.programmaticAccess !== false;
  if (mayHaveKeys) {
    const key = await person.makeAccessKey(console);
    const session = await person.openSession(key);
    return {
      user: { person, withoutMfa: key, withMfa: session },
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
    user: { person, withoutMfa: firstSession, withMfa: console },
    checks: [refused],
  };
}
