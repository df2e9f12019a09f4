import assert from "node:assert/strict";
import { isAsExpected } from "../../sandbox/tour/checks";
import type { DeployedExample } from "./deployed-example";

/** Neither stack has a finding of the policy pack. */
export function passesThePack({ printed }: DeployedExample): void {
  assert.equal(printed.length, 2);
  for (const text of printed) {
    assert.match(text, /✅ bastion-account@/);
    assert.doesNotMatch(text, /\[(mandatory|advisory)\]/);
  }
}

/** Everybody gets into what they are granted, with MFA alone, and nobody into more. */
export async function opensAsGranted(
  example: DeployedExample,
  tried: number,
): Promise<void> {
  const rows = await example.tryEverything();
  assert.equal(rows.length, tried);
  for (const row of rows) {
    assert.ok(isAsExpected(row.with), JSON.stringify(row));
    assert.ok(isAsExpected(row.without), JSON.stringify(row));
  }
}

/** Verify finds nothing that is more than a note. */
export async function isAsConfigured(example: DeployedExample): Promise<void> {
  const found = await example.findings();
  assert.deepEqual(
    found.map(({ rule, subject }) => [rule, subject]),
    [],
  );
}
