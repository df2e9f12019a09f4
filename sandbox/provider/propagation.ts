import { setTimeout as after } from "node:timers/promises";

/** Milliseconds that AWS may take to know everywhere of what it was told. */
const longest = 120_000;

/** Milliseconds between two questions: more each time, and then so many. */
const pauses = { first: 50, last: 5_000 };

/** Asks until the answer is not undefined any more; undefined where it stays so. */
export async function untilSeen<T>(
  ask: () => Promise<T | undefined>,
): Promise<T | undefined> {
  const until = performance.now() + longest;
  for (let pause = pauses.first; ; pause = Math.min(2 * pause, pauses.last)) {
    const answer = await ask();
    if (answer !== undefined || performance.now() + pause > until)
      return answer;
    await after(pause);
  }
}

/** Does the work again while AWS does not know yet of somebody whom a trust policy names. */
export async function oncePrincipalsAreSeen<T>(
  work: () => Promise<T>,
): Promise<T> {
  let refusal: unknown;
  const done = await untilSeen(async () => {
    try {
      return { result: await work() };
    } catch (error) {
      if (!namesUnseen(error)) throw error;
      refusal = error;
      return undefined;
    }
  });
  if (done === undefined) throw refusal;
  return done.result;
}

const namesUnseen = (error: unknown): boolean =>
  error instanceof Error &&
  error.name === "MalformedPolicyDocumentException" &&
  error.message.startsWith("Invalid principal in policy");
