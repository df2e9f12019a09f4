import { strict as assert } from "node:assert";
import { inspect } from "node:util";
import { foundIn, isAsExpected, type Found } from "./found";
import { judge, type Judged, type StackToJudge } from "../pack";

/** One way in which a team may write it, and what the rule has to say. */
export interface Row extends Omit<StackToJudge, "config"> {
  readonly title: string;
  /** Of the config: what is other than its defaults. */
  readonly organisation?: object;
  /** Left out: no finding. */
  readonly finds?: readonly Found[];
}

/** The stack that builds the bastion, in the default config. */
export const bastionStack = "bastion-account/bastion";

/** What one rule finds. */
export const foundBy = (
  rule: string,
  { organisation = {}, ...stack }: Omit<Row, "title" | "finds">,
): readonly Judged[] =>
  judge({ ...stack, config: { organisation } }).filter(
    (one) => one.rule === rule,
  );

/** A test for each row, with neither fewer nor more findings than the row has. */
export function testRows(rule: string, rows: readonly Row[]): void {
  for (const { title, finds = [], ...stack } of rows) {
    it(title, () => {
      const found = foundBy(rule, stack);
      const all = found.map((one) => inspect(foundIn(one), { depth: 4 }));
      assert.deepEqual(
        found.map((one) => one.resource).sort(),
        finds.map(({ resource }) => resource).sort(),
        all.join("\n"),
      );
      for (const { says = [], ...expected } of finds) {
        const isThere = found.some(
          (one) =>
            isAsExpected(foundIn(one), expected) &&
            says.every((piece) => one.message.includes(piece)),
        );
        assert.ok(
          isThere,
          `${inspect({ ...expected, says })} is not in\n${all.join("\n")}`,
        );
      }
      for (const one of found) if (one.finding) assertReadsWell(one.message);
    });
  }
}

/** What is wrong, perhaps a witness, and how to fix it: a few lines. */
function assertReadsWell(message: string): void {
  assert.match(message, /\n {2}Fix: \S/);
  assert.ok(message.split("\n").length <= 8, message);
  assert.doesNotMatch(message, /undefined|\[object|aws:multi|sts:external/);
}
