import assert from "node:assert/strict";
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { checkout } from "../../sandbox/engine/paths";
import { run, type Finished } from "../../sandbox/engine/run";

/** A clone with one dependency, whose compiler does nothing and whose npm only says that it was asked. */
class Clone {
  readonly folder = mkdtempSync(join(tmpdir(), "set-up-"));

  constructor() {
    for (const file of ["set-up.js", "lock.js"]) {
      const from = join(checkout, "sandbox", file);
      cpSync(from, join(this.folder, "sandbox", file));
    }
    this.write("package.json", { dependencies: { typescript: "6.0.3" } });
    const packages = { "node_modules/typescript": { integrity: "sha512-a" } };
    this.write("package-lock.json", { packages });
    this.write("tsconfig.json", {});
    this.write("policy-pack/tsconfig.build.json", {});
    this.write(
      "node_modules/typescript/bin/tsc",
      `const { mkdirSync, writeFileSync } = require("node:fs");
       mkdirSync("policy-pack/bin");
       writeFileSync("policy-pack/bin/write-schema.js", "");`,
    );
    this.write("bin/npm", '#!/bin/sh\necho "npm $*" >&2\n');
    chmodSync(join(this.folder, "bin/npm"), 0o755);
  }

  write(file: string, content: unknown): void {
    const path = join(this.folder, file);
    mkdirSync(dirname(path), { recursive: true });
    const text =
      typeof content === "string" ? content : JSON.stringify(content);
    writeFileSync(path, text);
  }

  setUp(): Promise<Finished> {
    const path = [join(this.folder, "bin"), process.env["PATH"] ?? ""];
    return run(process.execPath, [join(this.folder, "sandbox/set-up.js")], {
      environment: { PATH: path.join(delimiter) },
    });
  }
}

describe("what an npm script sets up first", () => {
  let clone: Clone;

  beforeEach(() => {
    clone = new Clone();
  });
  afterEach(() => {
    rmSync(clone.folder, { recursive: true });
  });

  const installsAnew = async (): Promise<boolean> => {
    const { code, stderr } = await clone.setUp();
    assert.equal(code, 0, stderr);
    return /^npm ci /m.test(stderr);
  };
  const installed = (version: string): void => {
    clone.write("node_modules/typescript/package.json", { version });
  };

  for (const [which, integrity, anew] of [
    ["nothing where npm has installed what is locked", "sha512-a", false],
    ["all packages where npm has installed another", "sha512-b", true],
  ] as const) {
    it(`is ${which}`, async () => {
      installed("6.0.3");
      const packages = { "node_modules/typescript": { integrity } };
      clone.write("node_modules/.package-lock.json", { packages });
      assert.equal(await installsAnew(), anew);
    });
  }

  for (const [which, version, anew] of [
    ["nothing where pnpm has installed what is named", "6.0.3", false],
    ["nothing where that says its version with a v", "v6.0.3", false],
    ["all packages where pnpm has installed another", "6.0.2", true],
  ] as const) {
    it(`is ${which}`, async () => {
      installed(version);
      clone.write("node_modules/.modules.yaml", "{}");
      assert.equal(await installsAnew(), anew);
    });
  }

  it("is all packages where nothing says who has installed some", async () => {
    installed("6.0.3");
    assert.equal(await installsAnew(), true);
  });
});
