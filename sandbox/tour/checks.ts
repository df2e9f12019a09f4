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
    const refusals = [
      ...["AccessDenied", "AccessDeniedException"],
      // Of a token for another audience than the identity provider takes.
      "InvalidIdentityTokenException",
    ];
    return refusals.includes(name) ? "denied" : `${name}: ${message}`;
  }
}

export async function check(
  what: string,
  expected: "allowed" | "denied",
  attempt: Promise<unknown>,
): Promise<Check> {
  return { what, expected, seen: await outcomeOf(attempt) };
}

export const isAsExpected = ({ expected, seen }: Check): boolean =>
  expected === seen;
