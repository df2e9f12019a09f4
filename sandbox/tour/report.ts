import Table from "cli-table3";
import colours from "picocolors";
import { isAsExpected, type Check } from "./checks";
import type { Row } from "./matrix";

/** One user × account × role a line: expected and seen, without and with MFA. */
export function matrixTable(rows: readonly Row[]): string {
  const table = new Table({
    head: ["user", "account", "role", "without MFA", "with MFA"],
    style: { head: [], border: [] },
  });
  for (const { user, door, without, with: withMfa } of rows) {
    table.push([user, door.account, door.role, tell(without), tell(withMfa)]);
  }
  return table.toString();
}

export function checkTable(checks: readonly Check[]): string {
  const table = new Table({
    head: ["what was tried", "outcome"],
    style: { head: [], border: [] },
  });
  for (const one of checks) table.push([one.what, tell(one)]);
  return table.toString();
}

/** What was seen; beside it what was expected, where that is another thing. */
function tell(check: Check): string {
  if (isAsExpected(check)) {
    return check.seen === "allowed"
      ? colours.green("✓ allowed")
      : colours.dim("✓ denied");
  }
  return colours.red(`✗ ${check.seen} (expected: ${check.expected})`);
}

export const heading = (text: string): string =>
  `\n${colours.bold(colours.cyan(`▸ ${text}`))}`;

export const quiet = (text: string): string => colours.dim(`  ${text}`);
