import assert from "node:assert/strict";
import { byTheEngine } from "../../run/whole-tests";
import { assertFindings } from "./assert-findings";
import { JudgedSandbox, type Judged } from "./judged";
import { byTheProvider, samples, type Sample } from "./samples";

describe("the policy pack at the preview of another team's stack", () => {
  let sandbox: JudgedSandbox;
  const known = byTheEngine(
    samples.filter(({ knownAt }) => knownAt !== "update"),
    ({ name }) => name,
    [...byTheProvider, "aws-native", "people-need-mfa", "no-lock-out"],
  );
  const previews: Promise<Judged>[] = [];

  const previewOf = async (one: Sample): Promise<Judged> =>
    sandbox.preview(await sandbox.stack(one));

  before(async () => {
    sandbox = await JudgedSandbox.start();
    for (const [index, one] of known.entries()) {
      // A few at a time, since a preview waits more than it works; each test waits for its own.
      const earlier = previews[index - 3]?.catch(() => undefined);
      const preview = Promise.resolve(earlier).then(() => previewOf(one));
      preview.catch(() => undefined);
      previews.push(preview);
    }
  });

  after(async () => {
    await sandbox.close();
  });

  for (const [index, one] of known.entries()) {
    const verdict = one.findings.length === 0 ? "passes" : "blocks";
    it(`${verdict} ${one.name}. ${one.about}`, async () => {
      const judged = await previews[index];
      assert.ok(judged);
      assertFindings(judged, one.findings);
      assert.equal(judged.code !== 0, verdict === "blocks", judged.output);
      assert.ok(judged.findings.every(({ level }) => level === "mandatory"));
      assert.deepEqual(judged.remediated, {});
    });
  }
});
