import assert from "node:assert/strict";
import { assertFindings } from "./assert-findings";
import { JudgedSandbox, type Judged } from "./judged";
import { samples, type Sample } from "./samples";

describe("the policy pack at the preview of another team's stack", () => {
  let sandbox: JudgedSandbox;
  const previews = new Map<Sample, Promise<Judged>>();
  const known = samples.filter(({ knownAt }) => knownAt !== "update");

  const previewOf = async (one: Sample): Promise<Judged> =>
    sandbox.preview(await sandbox.stack(one));

  before(async () => {
    sandbox = await JudgedSandbox.start();
    const left = [...known];
    const previewAll = async (): Promise<void> => {
      for (let one = left.shift(); one; one = left.shift()) {
        previews.set(one, previewOf(one));
        await previews.get(one)?.catch(() => undefined);
      }
    };
    // A few at a time: a preview waits more than it works.
    await Promise.all([previewAll(), previewAll(), previewAll()]);
  });

  after(async () => {
    await sandbox.close();
  });

  for (const one of known) {
    const verdict = one.findings.length === 0 ? "passes" : "blocks";
    it(`${verdict} ${one.name}. ${one.about}`, async () => {
      const judged = await previews.get(one);
      assert.ok(judged);
      assertFindings(judged, one.findings);
      assert.equal(judged.code !== 0, verdict === "blocks", judged.output);
      assert.ok(judged.findings.every(({ level }) => level === "mandatory"));
      assert.deepEqual(judged.remediated, {});
    });
  }
});
