import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readdirSync, truncateSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo, type Socket } from "node:net";
import { join } from "node:path";
import { ensureEngine, type Engine } from "../../../sandbox/engine";
import { pulumiVersion } from "../../../sandbox/engine/paths";
import { run } from "../../../sandbox/engine/run";
import { TinyProject } from "./tiny-project";

describe("the engine", () => {
  let engine: Engine;
  let project: TinyProject;

  before(async () => {
    engine = await ensureEngine(console.log);
    project = new TinyProject(engine);
  });

  after(() => {
    project.remove();
  });

  it("is of the pinned version", async () => {
    const { stdout } = await project.pulumi("version");
    assert.equal(stdout.trim().replace(/^v/, ""), pulumiVersion);
    assert.equal(engine.version, pulumiVersion);
  });

  it("keeps of Pulumi's logs the newest 20 MB", async () => {
    const home = join(project.folder, "pulumi home");
    const logs = join(home, "logs");
    mkdirSync(logs, { recursive: true });
    const today = new Date().toISOString().slice(0, 10).replaceAll("-", "");
    const written = [1, 2, 3].map((second) => {
      const name = `pulumi-${today}T00000${second}-1-up.log`;
      writeFileSync(join(logs, name), "");
      truncateSync(join(logs, name), 9 * 1_048_576);
      return name;
    });
    const { code } = await run(engine.cli, ["version"], {
      environment: { ...engine.environment, PULUMI_HOME: home },
    });
    assert.equal(code, 0);
    const left = readdirSync(logs).filter((name) => written.includes(name));
    assert.deepEqual(left, written.slice(1));
  });

  it("deploys a TypeScript program from a folder whose path has a space", async () => {
    await project.program(
      "plain",
      `import { ComponentResource } from "@pulumi/pulumi";
       new ComponentResource("tiny:index:Thing", "thing");
       export const answer: number = 6 * 7;`,
    );
    const preview = await project.pulumi("preview", "--stack", "plain");
    assert.equal(preview.code, 0, preview.stdout);
    assert.match(preview.stdout, /tiny:index:Thing thing create/);
    const up = ["up", "--yes", "--skip-preview", "--stack", "plain"];
    const first = await project.pulumi(...up);
    assert.equal(first.code, 0, first.stdout);
    const second = await project.pulumi(...up);
    assert.match(second.stdout, /2 unchanged/);
    const outputs = await project.pulumi("stack", "output", "--json");
    assert.deepEqual(JSON.parse(outputs.stdout), { answer: 42 });
  });

  it("hands over config, secrets as secrets, and node arguments", async () => {
    project.write("Pulumi.args.yaml", 'config:\n  tiny:colour: "blue"\n');
    await project.program(
      "args",
      `import { Config } from "@pulumi/pulumi";
       export const colour = new Config().require("colour");
       export const word = new Config().requireSecret("word");
       export const secretKeys = process.env.PULUMI_CONFIG_SECRET_KEYS;
       export const args = process.execArgv.join(" ");`,
      { nodeargs: "--no-deprecation --title 'two words'" },
    );
    await project.pulumi("config", "set", "--secret", "word", "hush");
    const { stdout } = await project.pulumi("preview", "--stack", "args");
    assert.match(stdout, /colour *: "blue"/);
    assert.match(stdout, /secretKeys: \(json\) \[\s+\[0\]: "tiny:word"/);
    assert.match(stdout, /args *: "--no-deprecation --title two words"/);
    assert.doesNotMatch(stdout, /hush/);
  });

  it("finds what node arguments name from the project's folder, wherever it is called", async () => {
    mkdirSync(join(project.folder, "below"));
    project.write("first.js", `process.env.FIRST = "loaded";`);
    await project.program(
      "preloaded",
      `export const first = process.env.FIRST;`,
      { nodeargs: "--require ./first.js" },
    );
    const flags = ["--cwd", "below", "--stack", "preloaded"];
    const { stdout } = await project.pulumi("preview", ...flags);
    assert.match(stdout, /first: "loaded"/);
  });

  it("takes the tsconfig that the project names", async () => {
    const wrongType = `export const answer: string = 42;`;
    project.write("tsconfig.checked.json", {
      compilerOptions: { strict: true, rootDir: "." },
    });
    await project.program("unchecked", wrongType);
    const unchecked = await project.pulumi("preview", "--stack", "unchecked");
    assert.equal(unchecked.code, 0, unchecked.stdout);
    await project.program("checked", wrongType, {
      tsconfig: "tsconfig.checked.json",
    });
    const checked = await project.pulumi("preview", "--stack", "checked");
    assert.notEqual(checked.code, 0);
    assert.match(checked.stdout, /'number' is not assignable to type 'string'/);
  });

  it("tells what a program threw", async () => {
    await project.program("broken", `throw new Error("out of paint");`);
    const { code, stdout } = await project.pulumi("preview", "-s", "broken");
    assert.notEqual(code, 0);
    assert.match(stdout, /out of paint/);
  });

  it("tells how a program ended that said nothing", async () => {
    await project.program("silent", `process.exit(3);`);
    const { code, stdout } = await project.pulumi("preview", "-s", "silent");
    assert.notEqual(code, 0);
    assert.match(stdout, /exit code:? 3/);
  });

  it("leaves out the settings that the user has for Pulumi", async () => {
    process.env["PULUMI_CONFIG_PASSPHRASE_FILE"] = "/no/such/file";
    try {
      await project.program(
        "own",
        `export const seen = String(process.env.PULUMI_CONFIG_PASSPHRASE_FILE);`,
      );
      const { stdout } = await project.pulumi("preview", "--stack", "own");
      assert.match(stdout, /seen: "undefined"/);
    } finally {
      delete process.env["PULUMI_CONFIG_PASSPHRASE_FILE"];
    }
  });

  it("takes its program with it when it is killed", async () => {
    // The program's connection ends with its process, however that ends.
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    await project.program(
      "long",
      `require("net").connect(${port}, "127.0.0.1");`,
    );
    const connected = once(server, "connection") as Promise<[Socket]>;
    const cli = spawn(engine.cli, ["preview", "--stack", "long"], {
      cwd: project.folder,
      env: { ...process.env, ...project.environment, ...engine.environment },
      stdio: "ignore",
    });
    const [socket] = await connected;
    const closed = once(socket.resume(), "close");
    cli.kill("SIGKILL");
    await closed;
    server.close();
  });

  it("is stopped by a policy pack", async () => {
    mkdirSync(join(project.folder, "pack"));
    project.write("pack/PulumiPolicy.yaml", "runtime: nodejs\n");
    project.write("pack/package.json", {
      name: "no",
      version: "1.0.0",
      main: "index.js",
    });
    project.write(
      "pack/index.js",
      `const { PolicyPack } = require("@pulumi/policy");
       new PolicyPack("no", { policies: [{ name: "nothing", description: "no", enforcementLevel: "mandatory",
         validateStack: (args, report) => report("nothing goes here") }] });`,
    );
    await project.program("packed", "export {};");
    const flags = ["--stack", "packed", "--policy-pack", "pack"];
    const { code, stdout } = await project.pulumi("preview", ...flags);
    assert.notEqual(code, 0);
    assert.match(stdout, /nothing goes here/);
  });
});
