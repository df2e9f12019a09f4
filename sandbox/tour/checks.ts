/** Something that was tried: what should happen, and what did. */
export interface Check {
  readonly what: string;
  readonly expected: Outcome;
  readonly seen: Outcome;
}

/** `allowed`, `denied`, or an error that is neither. */
export type Outcome = string;

/** What became of an attempt. Only AWS's own refusals count as `denied`. */
async function outcomeOf(attempt: Promise<unknown>): Promise<Outcome> {
  try {
    await attempt;
    return "allowed";
  } catch (error) {
    const { name, message } = error as Error;
    return isRefusal(name, message) ? "denied" : `${name}: ${message}`;
  }
}

/** A token of a wrong audience is refused by the code that a broken one gets, and by other words. */
const isRefusal = (name: string, message: string): boolean =>
  ["AccessDenied", "AccessDeniedException"].includes(name) ||
  (name === "InvalidIdentityTokenException" &&
    message === "Incorrect token audience");

export async function check(
  what: string,
  expected: "allowed" | "denied",
  attempt: Promise<unknown>,
): Promise<Check> {
  return { what, expected, seen: await outcomeOf(attempt) };
}

export const isAsExpected = ({ expected, seen }: Check): boolean =>
  expected === seen;
