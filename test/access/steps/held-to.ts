import assert from "node:assert/strict";
import type { Change } from "./change";
import type { ObservedChange } from "./observed";
import type { Safety, UnsafeStep } from "./safety";

/** What was looked at, for a run to tell at its end. */
export class Figures {
  private changes = 0;
  private moments = 0;
  private calls = 0;

  add({ steps, calls }: ObservedChange): void {
    this.changes += 1;
    this.moments += steps.length;
    this.calls += calls;
  }

  toString(): string {
    return `${this.changes} changes, ${this.calls} calls that changed something, ${this.moments} moments decided`;
  }
}

/** Every step is safe, but for what no order can hold; and that is still so, or the README is wrong. */
export function holdToSafety(
  safety: Safety,
  observed: ObservedChange,
  { but }: Pick<Change, "but"> = {},
): void {
  assert.ok(observed.calls > 0, "nothing was changed");
  const unsafe = safety.unsafeSteps(observed);
  const expected = unsafe.filter(({ what }) => but?.test(what) ?? false);
  const unexpected = unsafe.filter((one) => !expected.includes(one));
  assert.deepEqual(unexpected.map(told), []);
  assert.equal(expected.length > 0, but !== undefined, "what order can't hold");
}

const told = ({ number, operation, what }: UnsafeStep): string =>
  `after call ${number}, ${operation}: ${what}`;
