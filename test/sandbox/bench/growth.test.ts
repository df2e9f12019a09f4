import assert from "node:assert/strict";
import { growthExponent } from "../../../sandbox/bench/scale/growth";

describe("the exponent by which a figure grows", () => {
  const sizes = [1, 10, 100, 1_000];
  const of = (figure: (size: number) => number) =>
    growthExponent(sizes.map((size) => [size, figure(size)]));

  it("is that of a power, whatever its factor", () => {
    for (const exponent of [0, 0.5, 1, 2]) {
      const seen = of((size) => 7 * size ** exponent);
      assert.ok(Math.abs(seen - exponent) < 1e-9, `${seen} for ${exponent}`);
    }
  });

  it("lies between those of a figure's parts", () => {
    const seen = of((size) => 100 + size);
    assert.ok(seen > 0 && seen < 1, String(seen));
  });
});
