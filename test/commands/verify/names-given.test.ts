import assert from "node:assert/strict";
import { checkout } from "../../../sandbox/engine/paths";
import { run } from "../../../sandbox/engine/run";
import { roleArn } from "./power-rows";

describe("a known role of an account that the config has not", () => {
  it("is refused before an account is read", async () => {
    const arn = roleArn("222222222223", "vital");
    const { code, stdout, stderr } = await run(
      "npm",
      ["run", "--silent", "verify", "--", "--known-role", arn],
      {
        cwd: checkout,
        // Nothing listens there: who asks gets another error.
        environment: { AWS_ENDPOINT_URL: "http://127.0.0.1:9" },
      },
    );
    assert.equal(code, 2, stdout + stderr);
    assert.equal(stdout, "");
    assert.match(
      stderr,
      /^--known-role "222222222223" names no account of the config; the nearest is 222222222222$/m,
    );
  });
});
