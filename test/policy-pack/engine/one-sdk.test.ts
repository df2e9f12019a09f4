import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { requireOneSdk } from "../../../policy-pack/engine/one-sdk";
import { checkout } from "../../../sandbox/engine/paths";

describe("a pack that takes our policies", () => {
  let folder: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "two-copies-"));
    const copy = join(folder, "node_modules/@pulumi/policy");
    mkdirSync(copy, { recursive: true });
    writeFileSync(join(copy, "index.js"), "");
  });

  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it("is told to install our version of the SDK, where it has another copy", () => {
    assert.throws(() => {
      requireOneSdk(folder);
    }, /two-copies.*expected one.*Fix: npm install --save-exact @pulumi\/policy@\d+\.\d+\.\d+$/);
  });

  it("runs with the one that both find, and where it finds none", () => {
    requireOneSdk(checkout);
    requireOneSdk(tmpdir());
  });
});
