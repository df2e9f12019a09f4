import assert from "node:assert/strict";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkout } from "../../../sandbox/engine/paths";
import { run, type Finished } from "../../../sandbox/engine/run";

/** A checkout of its own: infra/start, a program, and a node_modules without a cache. */
class Clone {
  readonly folder = mkdtempSync(join(tmpdir(), "a clone "));
  readonly cache = join(this.folder, "node_modules/.cache/bastion-account");

  constructor() {
    cpSync(join(checkout, "infra/start"), join(this.folder, "infra/start"), {
      recursive: true,
    });
    mkdirSync(join(this.folder, "node_modules"));
    for (const name of ["@pulumi", "typescript"]) {
      symlinkSync(
        join(checkout, "node_modules", name),
        join(this.folder, "node_modules", name),
      );
    }
  }

  /** Always of the same age, so that only the content can tell one program from the next. */
  write(file: string, text: string): void {
    const path = join(this.folder, file);
    writeFileSync(path, text);
    utimesSync(path, 0, 0);
  }

  start(environment: Readonly<Record<string, string>> = {}): Promise<Finished> {
    const args = ["--require", "./infra/start", "-e", 'require("./program")'];
    return run(process.execPath, args, { cwd: this.folder, environment });
  }

  /** Runs a program that ends well, and gives what it printed. */
  async output(
    environment: Readonly<Record<string, string>> = {},
  ): Promise<string> {
    const { code, stdout, stderr } = await this.start(environment);
    assert.equal(code, 0, stderr);
    return stdout;
  }

  readonly entries = (): readonly string[] =>
    readdirSync(this.cache).map((name) => join(this.cache, name));
}

describe("the start of the program", () => {
  let clone: Clone;

  beforeEach(() => {
    clone = new Clone();
  });

  afterEach(() => {
    rmSync(clone.folder, { recursive: true, force: true });
  });

  it("runs TypeScript that imports TypeScript", async () => {
    clone.write("part.ts", `export const six: number = 6;`);
    clone.write(
      "program.ts",
      `import { six } from "./part";
       import type { Missing } from "./nowhere";
       console.log(String(six * (7 as Missing)));`,
    );
    assert.equal(await clone.output(), "42");
  });

  it("runs what the file says now, at the same age and length", async () => {
    clone.write("program.ts", `console.log("one" as string);`);
    assert.equal(await clone.output(), "one");
    clone.write("program.ts", `console.log("two" as string);`);
    assert.equal(await clone.output(), "two");
    clone.write("program.ts", `console.log("one" as string);`);
    assert.equal(await clone.output(), "one");
    assert.equal(clone.entries().length, 2);
  });

  it("takes what is kept, and makes anew what is damaged", async () => {
    clone.write("program.ts", `console.log("right" as string);`);
    await clone.output();
    const [entry = ""] = clone.entries();
    const kept = readFileSync(entry, "utf8");
    for (const damaged of [
      "",
      kept.slice(0, -1),
      kept.replace("right", "wrong"),
    ]) {
      writeFileSync(entry, damaged);
      assert.equal(await clone.output(), "right");
      assert.equal(readFileSync(entry, "utf8"), kept);
    }
  });

  it("needs TypeScript only for what is new", async () => {
    clone.write("program.ts", `console.log("right" as string);`);
    await clone.output();
    rmSync(join(clone.folder, "node_modules/typescript"));
    mkdirSync(join(clone.folder, "node_modules/typescript"));
    cpSync(
      join(checkout, "node_modules/typescript/package.json"),
      join(clone.folder, "node_modules/typescript/package.json"),
    );
    assert.equal(await clone.output(), "right");
    clone.write("program.ts", `console.log("new" as string);`);
    assert.match((await clone.start()).stderr, /Cannot find module/);
  });

  it("does without a cache that can't be written", async () => {
    writeFileSync(join(clone.folder, "node_modules/.cache"), "a file");
    clone.write("program.ts", `console.log("right" as string);`);
    assert.equal(await clone.output(), "right");
    assert.equal(await clone.output(), "right");
  });

  it("lets several first runs go on at once", async () => {
    clone.write("program.ts", `console.log("right" as string);`);
    const all = await Promise.all([1, 2, 3].map(() => clone.output()));
    assert.deepEqual(all, ["right", "right", "right"]);
    assert.equal(clone.entries().length, 1);
  });

  it("names lines of the TypeScript where an error comes from", async () => {
    clone.write(
      "program.ts",
      `interface Gone {
  readonly of: string;
}
const fails = (): Gone => {
  throw new Error("out of paint");
};
try {
  fails();
} catch (error) {
  console.log((error as Error).stack);
}`,
    );
    for (const time of ["first", "kept"]) {
      const stack = await clone.output();
      assert.match(stack, /at fails \(.*program\.ts:5:9\)/, time);
      assert.match(stack, /program\.ts:8:3/, time);
    }
  });

  it("names the SDK's own lines as they are shipped", async () => {
    clone.write(
      "program.ts",
      `import { CustomResource } from "@pulumi/pulumi";
try {
  new CustomResource("aws:iam/user:User", "");
} catch (error) {
  console.log((error as Error).stack);
}`,
    );
    const stack = await clone.output();
    assert.match(stack, /@pulumi\/pulumi\/resource\.js:\d+/);
    assert.match(stack, /program\.ts:3:3/);
  });

  it("has the SDK debug itself where that is asked for alone", async () => {
    clone.write(
      "program.ts",
      `import * as log from "@pulumi/pulumi/log";
       import { debuggablePromise } from "@pulumi/pulumi/runtime/debuggable";
       const settings = require("@pulumi/pulumi/runtime/settings");
       settings.excessiveDebugOutput = true;
       void log.debug("a message");
       const promise = Promise.resolve();
       void debuggablePromise(promise, "a promise");
       console.log((promise as { _debugStackTrace?: string })._debugStackTrace);`,
    );
    assert.equal(await clone.output(), "Error");
    const messages = await clone.output({ BASTION_DEBUG: "1" });
    assert.equal(messages, "debug: [runtime] a message\nError");
    const all = await clone.output({ PULUMI_DEBUG_PROMISE_LEAKS: "1" });
    assert.match(all, /a message\nError\n {4}at .*debuggable\.js:\d+/);
  });

  it("leaves the SDK able to run Pulumi itself", async () => {
    clone.write(
      "program.ts",
      `import { automation } from "@pulumi/pulumi";
       console.log(typeof automation.LocalWorkspace.create);`,
    );
    assert.equal(await clone.output(), "function");
  });

  it("names file and line of what is no TypeScript", async () => {
    clone.write("program.ts", `const fine = 1;\nconst x = = 2;`);
    const { code, stderr } = await clone.start();
    assert.notEqual(code, 0);
    assert.match(
      stderr,
      /program\.ts\(2,11\): error TS1109: Expression expected/,
    );
    assert.match((await clone.start()).stderr, /TS1109/);
  });

  it("leaves the SDK able to make Lambdas of functions", async () => {
    clone.write(
      "program.ts",
      `import { runtime } from "@pulumi/pulumi";
       const answer = 42;
       void runtime.serializeFunction(() => answer).then(({ text }) => {
         console.log(text);
       });`,
    );
    assert.match(await clone.output(), /42/);
  });
});
