import assert from "node:assert/strict";
import { join } from "node:path";
import { checkout } from "../../../sandbox/engine/paths";
import { run } from "../../../sandbox/engine/run";

const start = join(checkout, "policy-pack/bin/engine/fast-start.js");

/** In a process of its own: what is left out stays out for all of it. */
const node = (script: string) =>
  run(process.execPath, ["-e", script], { cwd: checkout });

describe("the start of the policy pack", () => {
  it("loads the SDK without what no pack needs", async () => {
    const { code, stdout, stderr } = await node(`
      require(${JSON.stringify(start)});
      require("@pulumi/policy");
      const isLoaded = ({ children, filename }) =>
        /node_modules.(typescript|@npmcli.arborist)./.test(filename) && children.length > 0;
      console.log(String(Object.values(require.cache).some(isLoaded)));
    `);
    assert.equal(code, 0, stderr);
    assert.match(stdout, /^false$/m);
  });

  it("says what to do where something of it is used after all", async () => {
    const { code, stderr } = await node(`
      require(${JSON.stringify(start)});
      const sdk = require("node:module").createRequire(require.resolve("@pulumi/pulumi"));
      sdk("typescript").version;
    `);
    assert.equal(code, 1);
    assert.match(stderr, /leaves out typescript, and version of it.*Fix: /);
  });
});
