import type { Resource } from "../resources/resource";
import { undecided, type Finding } from "./finding";

/**
 * What is found; where the pack itself fails, which nobody foresaw, that it is undecided. Otherwise one
 * resource would end the run, and with it what is found in all others.
 *
 * @param resource undefined: the stack as a whole
 */
export function unlessItFails(
  resource: Resource | undefined,
  judge: () => readonly Finding[],
): readonly Finding[] {
  try {
    return judge();
  } catch (error) {
    return [
      undecided(
        resource,
        "whether this rule holds here: the policy pack fails over it.",
        "write it in a plainer form, and report these lines as a fault of the pack; or exempt it in the config, with a reason.",
        { witness: whereItFailed(error) },
      ),
    ];
  }
}

/** Without what the error says of it, which may quote anything: a secret, too. */
function whereItFailed(error: unknown): readonly string[] {
  if (!(error instanceof Error)) return [];
  const frames = error.stack?.split("\n").filter((line) => /^ +at /.test(line));
  return [error.name, ...(frames ?? []).slice(0, 2).map((line) => line.trim())];
}
