import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  ensureEngine,
  NoEngineError,
  type Engine,
} from "../../../sandbox/engine";
import { runtimeOptions } from "../../../sandbox/engine/language-host/command";
import { withLock } from "../../../sandbox/engine/lock";
import { checkout } from "../../../sandbox/engine/paths";
import { runPulumi } from "../../../sandbox/engine/pulumi";
import { run } from "../../../sandbox/engine/run";

describe("the engine", () => {
  let engine: Engine;
  let folder: string;

  before(async () => {
    engine = await ensureEngine(console.log);
    folder = mkdtempSync(join(tmpdir(), "a project "));
    mkdirSync(join(folder, "state"));
    // The program finds @pulumi/pulumi where this checkout has it.
    write("package.json", JSON.stringify({ name: "tiny", version: "1.0.0" }));
    write(
      "tsconfig.json",
      JSON.stringify({ compilerOptions: { noCheck: true, rootDir: "." } }),
    );
  });

  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const write = (file: string, text: string) => {
    writeFileSync(join(folder, file), text);
  };

  const pulumi = (...args: readonly string[]) =>
    runPulumi(engine, args, {
      cwd: folder,
      environment: {
        PULUMI_BACKEND_URL: `file://${join(folder, "state")}`,
        PULUMI_CONFIG_PASSPHRASE: "test",
        NODE_PATH: join(checkout, "node_modules"),
      },
    });

  /** A project of one file; gives the result of a preview of a new stack. */
  const preview = async (
    stack: string,
    program: string,
    options = {},
    ...flags: readonly string[]
  ) => {
    const runtime = { name: "nodejs", options };
    write(
      "Pulumi.yaml",
      JSON.stringify({ name: "tiny", runtime, main: "index.ts" }),
    );
    write("index.ts", program);
    await pulumi("stack", "init", stack);
    return pulumi("preview", "--stack", stack, ...flags);
  };

  it("is of the pinned version", async () => {
    const { stdout } = await pulumi("version");
    assert.equal(stdout.trim().replace(/^v/, ""), engine.version);
  });

  it("runs a TypeScript program in a folder whose path has a space", async () => {
    const { code, stdout } = await preview(
      "plain",
      `export const answer: number = 6 * 7; export const here = process.cwd();`,
    );
    assert.equal(code, 0, stdout);
    assert.match(stdout, /answer: 42/);
  });

  it("hands over config and node arguments", async () => {
    write("Pulumi.args.yaml", 'config:\n  tiny:colour: "blue"\n');
    const { stdout } = await preview(
      "args",
      `import { Config } from "@pulumi/pulumi";
       export const colour = new Config().require("colour");
       export const args = process.execArgv.join(" ");`,
      { nodeargs: "--no-deprecation" },
    );
    assert.match(stdout, /colour: "blue"/);
    assert.match(stdout, /args *: "--no-deprecation"/);
  });

  it("tells what a program threw", async () => {
    const { code, stdout } = await preview(
      "broken",
      `throw new Error("out of paint");`,
    );
    assert.notEqual(code, 0);
    assert.match(stdout, /out of paint/);
  });

  it("is stopped by a policy pack", async () => {
    const pack = join(folder, "pack");
    mkdirSync(pack);
    write("pack/PulumiPolicy.yaml", "runtime: nodejs\n");
    write(
      "pack/package.json",
      JSON.stringify({ name: "no", version: "1.0.0", main: "index.js" }),
    );
    write(
      "pack/index.js",
      `const { PolicyPack } = require("@pulumi/policy");
       new PolicyPack("no", { policies: [{ name: "nothing", description: "no", enforcementLevel: "mandatory",
         validateStack: (args, report) => report("nothing goes here") }] });`,
    );
    const { code, stdout } = await preview(
      "packed",
      "export {};",
      {},
      "--policy-pack",
      pack,
    );
    assert.notEqual(code, 0);
    assert.match(stdout, /nothing goes here/);
  });
});

describe("runtime options", () => {
  it("are those of the real language host", () => {
    assert.deepEqual(runtimeOptions({}), {
      typescript: true,
      tsconfig: undefined,
      nodeArgs: [],
    });
    assert.deepEqual(
      runtimeOptions({
        typescript: false,
        tsconfig: "a.json",
        nodeargs: " --x  --y=1 ",
      }),
      { typescript: false, tsconfig: "a.json", nodeArgs: ["--x", "--y=1"] },
    );
  });
});

describe("a machine without an engine", () => {
  it("is told what to install", () => {
    const { message } = new NoEngineError(
      "fetch failed",
      "there is no Go on this machine",
    );
    assert.match(message, /fetch failed/);
    assert.match(message, /install Go 1\.21 or newer/);
    assert.match(message, /install Pulumi \d/);
  });
});

describe("a lock", () => {
  it("lets one at a time work, and does not wait for a process that is gone", async () => {
    const folder = mkdtempSync(join(tmpdir(), "lock-"));
    const file = join(folder, "lock");
    const { stdout: dead } = await run(process.execPath, ["-p", "process.pid"]);
    writeFileSync(file, dead);
    let inside = 0;
    const work = () =>
      withLock(file, async () => {
        inside += 1;
        assert.equal(inside, 1);
        await new Promise((resolve) => setTimeout(resolve, 50));
        inside -= 1;
      });
    await Promise.all([work(), work(), work()]);
    rmSync(folder, { recursive: true });
  });
});
