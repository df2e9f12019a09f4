import assert from "node:assert/strict";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { NoEngineError } from "../../../sandbox/engine";
import { isPinnedCli } from "../../../sandbox/engine/find";
import { isNewEnough } from "../../../sandbox/engine/go";
import { checkout, cliIn, pulumiVersion } from "../../../sandbox/engine/paths";
import { run } from "../../../sandbox/engine/run";

describe("a machine that has no engine yet", () => {
  let home: string;
  let tools: string;

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), "a home "));
    tools = join(home, "tools");
    mkdirSync(tools);
    // What the sandbox may find on the PATH: Node.js, a shell, and what a test adds.
    symlinkSync(process.execPath, join(tools, "node"));
    symlinkSync("/bin/sh", join(tools, "sh"));
    write(
      "no-network.js",
      'global.fetch = () => Promise.reject(new Error("no route"));',
    );
  });

  afterEach(() => {
    rmSync(home, { recursive: true, force: true });
  });

  const write = (file: string, text: string): string => {
    const path = join(home, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    return path;
  };

  const program = (file: string, script: string): string => {
    const path = write(file, `#!/bin/sh\n${script}\n`);
    chmodSync(path, 0o755);
    return path;
  };

  /** ensureEngine in a process of its own, on that machine, cut off from the network. */
  const ensureEngine = () =>
    run(
      process.execPath,
      [
        ...["-r", join(home, "no-network.js"), "-r", "./infra/start", "-e"],
        `require("./sandbox/engine").ensureEngine(console.log).then(
          ({ origin }) => console.log("origin " + origin),
          ({ message }) => { console.error(message); process.exitCode = 1; })`,
      ],
      {
        cwd: checkout,
        environment: {
          HOME: home,
          PATH: tools,
          PULUMI_HOME: undefined,
          BASTION_SANDBOX_CACHE: join(home, "cache"),
          NODE_OPTIONS: `--require "${join(home, "no-network.js")}"`,
        },
      },
    );

  it("is told in seconds what to install when it has no network and no Go", async () => {
    const began = Date.now();
    const { code, stdout, stderr } = await ensureEngine();
    assert.equal(code, 1, stdout);
    assert.match(stderr, /download: .*no route/);
    assert.match(stderr, /build: +there is no Go on this machine/);
    assert.match(stderr, /install Go 1\.21 or newer/);
    assert.match(stderr, new RegExp(`install Pulumi ${pulumiVersion} by hand`));
    assert.ok(Date.now() - began < 30_000);
    assert.deepEqual(readdirSync(join(home, "cache")), []);
  });

  it("is told that its Go is too old", async () => {
    program("tools/go", "echo go1.20.14");
    const { stderr } = await ensureEngine();
    assert.match(
      stderr,
      /Go on this machine is go1\.20\.14, and 1\.21 or newer/,
    );
  });

  it("is told how a build failed, and keeps nothing of it, nor of one cut off before", async () => {
    const left = join(home, "cache/build-cut-off");
    mkdirSync(left, { recursive: true });
    program(
      "tools/go",
      'case "$1" in env) echo go1.26.8 ;; build) echo "no module proxy" >&2; exit 1 ;; esac',
    );
    const { code, stderr } = await ensureEngine();
    assert.equal(code, 1);
    assert.match(stderr, /build: +no module proxy/);
    assert.ok(!existsSync(left));
    assert.deepEqual(readdirSync(join(home, "cache")), []);
  });

  it("builds with Go, and finds what was built the next time", async () => {
    const cli = program("pulumi", `echo ${pulumiVersion}`);
    program(
      "tools/go",
      `case "$1" in env) echo go1.26.8 ;; build)
         while [ "$1" != -o ]; do shift; done
         while read -r line; do echo "$line"; done < '${cli}' > "$2"; /bin/chmod 755 "$2" ;; esac`,
    );
    const first = await ensureEngine();
    assert.match(first.stdout, /origin built/, first.stderr);
    assert.ok(existsSync(cliIn(join(home, "cache/pulumi"))));
    assert.deepEqual(readdirSync(join(home, "cache")), ["pulumi"]);
    const second = await ensureEngine();
    assert.match(second.stdout, /origin found/);
    assert.doesNotMatch(second.stdout, /Building/);
  });

  it("takes a CLI from the PATH only when it is of the pinned version", async () => {
    const file = program("tools/pulumi", `echo v${pulumiVersion}`);
    assert.ok(await isPinnedCli(file));
    assert.match((await ensureEngine()).stdout, /origin found/);
    program("tools/pulumi", "echo v3.0.0");
    assert.ok(!(await isPinnedCli(file)));
    assert.equal((await ensureEngine()).code, 1);
  });

  it("takes no folder, no unfinished file, and nothing that fails, for the CLI", async () => {
    assert.ok(!(await isPinnedCli(tools)));
    assert.ok(!(await isPinnedCli(write("half", "\u007fELF"))));
    assert.ok(
      !(await isPinnedCli(program("broken", `echo ${pulumiVersion}; exit 1`))),
    );
    assert.ok(!(await isPinnedCli(join(home, "missing"))));
  });
});

describe("Go", () => {
  it("is new enough from 1.21 on", () => {
    for (const version of [
      "go1.21",
      "go1.26.8",
      "go1.30rc1",
      "devel go1.27-abc",
      "go2.0",
    ]) {
      assert.ok(isNewEnough(version), version);
    }
    for (const version of ["go1.20.14", "go1.3", "", "devel +abc"]) {
      assert.ok(!isNewEnough(version), version);
    }
  });
});

describe("the error when there is no engine", () => {
  it("holds both reasons", () => {
    const { message } = new NoEngineError("fetch failed", "no module proxy");
    assert.match(
      message,
      /download: fetch failed\n {2}build: {4}no module proxy/,
    );
  });
});
