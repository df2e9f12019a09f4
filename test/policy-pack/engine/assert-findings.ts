import assert from "node:assert/strict";
import type { Judged } from "./judged";
import type { ExpectedFinding } from "./samples";

const placeOf = (one: Pick<ExpectedFinding, "rule" | "resource">): string =>
  `${one.rule} at ${one.resource === "" ? "the stack" : one.resource}`;

/** What was found is what is expected, no more and no less, and each message says what it should. */
export function assertFindings(
  { findings, output }: Judged,
  expected: readonly ExpectedFinding[],
): void {
  assert.deepEqual(
    findings.map(placeOf).sort(),
    expected.map(placeOf).sort(),
    output,
  );
  for (const one of expected) {
    const there = findings.filter((other) => placeOf(other) === placeOf(one));
    assert.ok(
      there.some(({ text }) => one.says.every((piece) => text.includes(piece))),
      `${placeOf(one)} does not say ${one.says.join(", ")}, but:\n${there.map(({ text }) => text).join("\n")}`,
    );
  }
}
