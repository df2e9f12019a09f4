import { createRequire } from "node:module";
import { join } from "node:path";

const name = "@pulumi/policy";
const ours = createRequire(__filename);

/**
 * Refuses to run by another copy of the SDK than ours. It has an error of its own for values that are not
 * known yet, and takes ours for a failure.
 *
 * @param pack the folder of the pack that runs, which is where the SDK looks for its package.json as well
 */
export function requireOneSdk(pack = process.cwd()): void {
  const theirs = resolvedIn(pack);
  const own = ours.resolve(name);
  if (theirs === undefined || theirs === own) return;
  const { version } = ours(`${name}/package.json`) as { version: string };
  throw new Error(
    `${name}: found two of it, ${theirs} and ${own}; expected one, that both packs use. ` +
      `Fix: npm install --save-exact ${name}@${version.replace(/^v/, "")}`,
  );
}

/** undefined: it runs elsewhere, as in a test. */
function resolvedIn(folder: string): string | undefined {
  try {
    return createRequire(join(folder, "package.json")).resolve(name);
  } catch {
    return undefined;
  }
}
