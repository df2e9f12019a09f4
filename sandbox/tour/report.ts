import { createColors } from "picocolors";
import { isAsExpected, type Check } from "./checks";
import { hasColours, tableOf, widthOf, wrapped } from "./layout";
import type { Row } from "./matrix";

const colours = createColors(hasColours(process.stdout, process.env));

/** One user × account × role a line: what was seen, without and with MFA. */
export const matrixTable = (
  rows: readonly Row[],
  width = widthOf(process.stdout),
): string =>
  tableOf(
    ["user", "account", "role", "without MFA", "with MFA"],
    rows.map(({ user, assignment, without, with: withMfa }) => [
      user,
      assignment.account,
      assignment.role,
      seen(without),
      seen(withMfa),
    ]),
    width,
  );

export const checkTable = (
  checks: readonly Check[],
  width = widthOf(process.stdout),
): string =>
  tableOf(
    ["what was tried", "seen"],
    checks.map((one) => [one.what, seen(one)]),
    width,
  );

/** A denial that is wanted is as good as what is allowed. */
function seen(check: Check): string {
  return isAsExpected(check)
    ? colours.green(`✓ ${check.seen}`)
    : colours.red(`✗ ${check.seen}, expected: ${check.expected}`);
}

/** What the mark in the tables means. */
export const legend =
  "✓: as the stack files say it should be, also where that is a denial.";

export const heading = (text: string): string =>
  `\n${inLines(`▸ ${text}`, (line) => colours.bold(colours.cyan(line)))}`;

export const quiet = (text: string): string =>
  inLines(`  ${text}`, colours.dim);

/** A path or a command: with a break in it, it would be another one when it is pasted. */
export const unbroken = (text: string): string => colours.dim(`  ${text}`);

export const plain = (text: string): string => inLines(text, (line) => line);

/** How it ended, in words that say it without colours as well. */
export const verdict = (good: boolean, text: string): string =>
  `\n${inLines(text, good ? colours.green : colours.red)}`;

const inLines = (text: string, colour: (line: string) => string): string =>
  wrapped(text, widthOf(process.stdout)).map(colour).join("\n");
