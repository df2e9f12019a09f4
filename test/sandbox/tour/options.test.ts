import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { checkout } from "../../../sandbox/engine/paths";

describe("npm start", () => {
  it("deploys nothing where it is given an option, of which it has none", () => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ["-r", "./infra/start", "sandbox/tour.ts", "--help"],
      { cwd: checkout, encoding: "utf8" },
    );
    assert.equal(status, 2);
    assert.equal(stdout, "");
    assert.match(stderr, /^npm start takes no options, and not --help\./);
  });
});
