import { strict as assert } from "node:assert";
import { compare } from "./compare";
import { Prover } from "./prover";
import { sample } from "./random/asked";
import { effort } from "./smt/engine";
import { withEngine } from "./with-engine";

const seed = 101;
const documents = 15;

describe("the decision, beside an SMT solver", () => {
  const engine = withEngine(effort);

  it("is the same over random documents, as far as both are sure", async () => {
    const { disagreements, counts } = await compare(
      new Prover(engine()),
      sample(seed, documents),
    );
    assert.deepEqual(disagreements, []);
    const sure = [...counts]
      .filter(([name]) => /decide (\w+), prover \1$/.test(name))
      .reduce((sum, [, times]) => sum + times, 0);
    assert.ok(
      sure > documents / 2,
      `most answers are sure: ${JSON.stringify([...counts])}`,
    );
  });
});
