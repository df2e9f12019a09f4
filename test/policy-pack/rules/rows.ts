import { strict as assert } from "node:assert";
import { judge, type Judged, type StackToJudge } from "../pack";

/** One way in which a team may write it, and what the rule has to say. */
export interface Row extends Omit<StackToJudge, "config"> {
  readonly title: string;
  /** Of the config: what is other than its defaults. */
  readonly organisation?: object;
  /** Resource and pieces of the finding's text; left out: no finding. */
  readonly finds?: readonly (readonly [string, string, ...string[]])[];
}

/** The stack that builds the bastion, in the default config. */
export const bastionStack = "bastion-account/bastion";

/** How the engine's finding of an unknown value reads. */
export const unknown = "can't be known during preview";

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
      const all = found.map((one) => `${one.resource}: ${one.message}`);
      assert.deepEqual(
        found.map((one) => one.resource).sort(),
        finds.map(([resource]) => resource).sort(),
        all.join("\n"),
      );
      for (const [resource, ...pieces] of finds) {
        const isSaid = found.some(
          (one) =>
            one.resource === resource &&
            pieces.every((piece) => one.message.includes(piece)),
        );
        assert.ok(isSaid, `${pieces.join(" … ")} is not in\n${all.join("\n")}`);
      }
      for (const { message } of found) assertReadsWell(message);
    });
  }
}

/** What is wrong, perhaps a witness, and how to fix it: a few lines. */
function assertReadsWell(message: string): void {
  if (message.includes(unknown)) return;
  assert.match(message, /\n {2}Fix: \S/);
  assert.ok(message.split("\n").length <= 8, message);
  assert.doesNotMatch(message, /undefined|\[object|aws:multi|sts:external/);
}
