import { strict as assert } from "node:assert";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { decide, questionsOf, type Asked } from "./both";
import { Prover } from "./prover";
import { effort } from "./smt/engine";
import { withEngine } from "./with-engine";

/** A document about which decide and the prover have disagreed. */
type Case = Asked & {
  readonly kind: string;
  readonly title: string;
  readonly right: "open" | "closed";
  readonly why: string;
};

const shown = (found: object): string =>
  JSON.stringify(found, (_, value: unknown): unknown =>
    value instanceof Map ? Object.fromEntries(value) : value,
  );

const cases = JSON.parse(
  readFileSync(join(__dirname, "disagreements.json"), "utf8"),
) as readonly Case[];

describe("documents that decide and the prover have disagreed about", () => {
  const engine = withEngine(effort);

  for (const one of cases) {
    const name = `${one.kind}: ${one.title}`;
    it(`the prover is right about ${name}`, async () => {
      const prover = new Prover(engine());
      const found = prover.any(await questionsOf(one));
      assert.equal(found.answer, one.right, `${one.why} ${shown(found)}`);
    });

    it(`decide is right about ${name}`, () => {
      assert.equal(decide(one).answer, one.right, one.why);
    });
  }
});
