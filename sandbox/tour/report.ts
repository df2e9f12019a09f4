import Table from "cli-table3";
import { createColors } from "picocolors";
import { isAsExpected, type Check } from "./checks";
import type { Row } from "./matrix";

/** Colour on a terminal, and nowhere else. */
const colours = createColors(
  process.stdout.isTTY && process.env["NO_COLOR"] === undefined,
);

/** A table without lines between its rows. */
const table = (head: readonly string[]) =>
  new Table({
    head: [...head],
    style: { head: [], border: [] },
    chars: { mid: "", "left-mid": "", "mid-mid": "", "right-mid": "" },
  });

/** One user × account × role a line: expected and seen, without and with MFA. */
export function matrixTable(rows: readonly Row[]): string {
  const lines = table([
    "user",
    "account",
    "role",
    "no MFA: expected",
    "seen",
    "MFA: expected",
    "seen",
  ]);
  for (const { user, assignment, without, with: withMfa } of rows) {
    lines.push([
      user,
      assignment.account,
      assignment.role,
      without.expected,
      seen(without),
      withMfa.expected,
      seen(withMfa),
    ]);
  }
  return lines.toString();
}

export function checkTable(checks: readonly Check[]): string {
  const lines = table(["what was tried", "expected", "seen"]);
  for (const one of checks) lines.push([one.what, one.expected, seen(one)]);
  return lines.toString();
}

function seen(check: Check): string {
  if (!isAsExpected(check)) return colours.red(`✗ ${check.seen}`);
  return check.seen === "allowed"
    ? colours.green("✓ allowed")
    : `✓ ${check.seen}`;
}

export const heading = (text: string): string =>
  `\n${colours.bold(colours.cyan(`▸ ${text}`))}`;

export const quiet = (text: string): string => colours.dim(`  ${text}`);
