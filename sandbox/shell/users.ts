import { readStackFile } from "../project";
import type { Sandbox } from "../sandbox";
import type { Credentials } from "../signed-request";
import { signInFirstTime } from "../tour/first-sign-in";
import { administratorOf } from "../tour/people";

/** A user who has signed in and has an authenticator; and a key, if they may have one. */
export interface ReadyUser {
  readonly name: string;
  readonly key: Credentials | undefined;
}

/**
 * Seconds ago that each user signed in first: longer than it takes, so that none of the codes that
 * it uses up is one that an authenticator shows now.
 */
const firstSignIn = 10 * 60;

/** Has every user of the stack file sign in, with a device of the name that client-config takes it to have. */
export async function makeReady({
  aws,
}: Sandbox): Promise<readonly ReadyUser[]> {
  const stackFile = readStackFile("bastion");
  const administrator = await administratorOf(aws, stackFile.bastionAccountId);
  const ready: ReadyUser[] = [];
  for (const [name, user] of Object.entries(stackFile.users)) {
    const { user: signedIn } = await aws.clock.inThePast(firstSignIn, () =>
      signInFirstTime(aws, stackFile, administrator, name, name),
    );
    const mayHaveKey = user?.programmaticAccess !== false;
    ready.push({ name, key: mayHaveKey ? signedIn.withoutMfa : undefined });
  }
  return ready;
}
