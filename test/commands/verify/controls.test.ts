import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  controlsOf,
  findingKinds,
  type FindingKind,
} from "../../../commands/verify/finding-kinds";
import { checkout } from "../../../sandbox/engine/paths";

/** The page's rows: controls, and the kinds of findings that tell of them. */
const rows = readFileSync(join(checkout, "docs/proof.md"), "utf8")
  .split("\n")
  .flatMap((line) => {
    const [, cis = "", hub = "", , state = ""] = line.split("|");
    return /^ 1\.\d+ +$/.test(cis) ? [{ cis: cis.trim(), hub, state }] : [];
  });

describe("the controls that findings name", () => {
  it("are all of the benchmark's first chapter, in the page's table", () => {
    assert.deepEqual(
      rows.map(({ cis }) => cis),
      Array.from({ length: 21 }, (_, index) => `1.${index + 1}`),
    );
  });

  it("are those of the page's table", () => {
    const told = new Map<string, string[]>();
    for (const { cis, hub, state } of rows) {
      for (const [, kind = ""] of state.matchAll(/`([^`]+)`/g)) {
        const controls = [`CIS ${cis}`, ...(hub.match(/IAM\.\d+/g) ?? [])];
        told.set(kind, [...(told.get(kind) ?? []), ...controls]);
      }
    }
    const named = findingKinds.flatMap(
      (
        kind: FindingKind,
      ): readonly (readonly [string, readonly string[]])[] => {
        const controls = controlsOf(kind);
        return controls.length === 0 ? [] : [[kind, [...controls].sort()]];
      },
    );
    assert.deepEqual(
      new Map([...named].sort()),
      new Map(
        [...told].map(([kind, all]) => [kind, all.sort()] as const).sort(),
      ),
    );
  });
});
