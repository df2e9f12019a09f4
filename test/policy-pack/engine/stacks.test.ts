import assert from "node:assert/strict";
import { assertFindings } from "./assert-findings";
import { judgedInProcess } from "./in-process";
import { byTheProvider, samples } from "./samples";

describe("the policy pack, shown another team's stack before it is deployed", () => {
  for (const one of samples) {
    if (one.knownAt === "update" || byTheProvider.includes(one.name)) continue;
    const verdict = one.findings.length === 0 ? "passes" : "blocks";
    it(`${verdict} ${one.name}. ${one.about}`, async () => {
      const judged = await judgedInProcess(one);
      assertFindings(judged, one.findings);
      assert.equal(judged.code !== 0, verdict === "blocks", judged.output);
      assert.ok(judged.findings.every(({ level }) => level === "mandatory"));
    });
  }
});
