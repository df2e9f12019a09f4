import assert from "node:assert/strict";
import { JudgedSandbox } from "./judged";

describe("the project's own stacks, under the policy pack", () => {
  let sandbox: JudgedSandbox;

  before(async () => {
    sandbox = await JudgedSandbox.start();
  });

  after(async () => {
    await sandbox.close();
  });

  for (const name of ["bastion", "workload"]) {
    it(`let the ${name} stack pass, at preview and when it is deployed`, async () => {
      const stack = await sandbox.sandbox.stack(name);
      for (const judged of [
        await sandbox.preview(stack),
        await sandbox.up(stack),
        await sandbox.preview(stack),
      ]) {
        assert.deepEqual(judged.findings, [], judged.output);
        assert.equal(judged.code, 0, judged.output);
      }
    });
  }
});
