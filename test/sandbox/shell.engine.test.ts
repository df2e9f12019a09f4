import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { checkout } from "../../sandbox/engine/paths";
import { run, type Finished } from "../../sandbox/engine/run";

/** A sandbox that somebody has started, and what it has printed for them to paste. */
class Shell {
  private printed = "";
  private readonly child: ChildProcess;

  constructor(...options: readonly string[]) {
    this.child = spawn(
      process.execPath,
      [
        "-r",
        "./sandbox/environment.js",
        "-r",
        "./infra/start",
        "sandbox/shell.ts",
        ...options,
      ],
      { cwd: checkout, stdio: ["pipe", "pipe", "inherit"] },
    );
  }

  async ready(): Promise<void> {
    assert.ok(this.child.stdout);
    for await (const chunk of this.child.stdout) {
      this.printed += String(chunk);
      if (this.printed.includes("Ctrl-C stops the sandbox")) return;
    }
    assert.fail(`the sandbox has stopped:\n${this.printed}`);
  }

  /** Runs the line of what was printed that begins so, with what was printed to be exported. */
  async runs(begin: string): Promise<Finished> {
    const line = this.printed.split("\n").find((one) => one.startsWith(begin));
    assert.ok(line, this.printed);
    const exports = this.printed.match(/^export .*$/gm) ?? [];
    const script = [...exports, line].join("\n");
    return run("sh", ["-c", script], {
      cwd: checkout,
      // As in a person's shell: what this process has set would pass on.
      environment: {
        AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: undefined,
      },
    });
  }

  async stop(): Promise<void> {
    const ended = once(this.child, "exit");
    this.child.kill("SIGINT");
    await ended;
  }
}

describe("npm run sandbox", () => {
  for (const { title, options, command, code, says } of [
    {
      title: "both stacks, and verify finds them as the config has them",
      options: [],
      command: "npm run verify",
      code: 0,
      says: /3 of 3 accounts/,
    },
    {
      title: "a messy account, and adopt proposes how to take it over",
      options: ["--messy"],
      command: "npm run adopt",
      code: 1,
      says: /Programs, which get a role\n +build-server/,
    },
  ]) {
    it(`offers ${title}`, async () => {
      const shell = new Shell(...options);
      try {
        await shell.ready();
        const finished = await shell.runs(command);
        const said = finished.stdout + finished.stderr;
        assert.equal(finished.code, code, said);
        assert.match(said, says);
        assert.doesNotMatch(said, /Node\.js 20|NodeVersionSupportWarning/);
      } finally {
        await shell.stop();
      }
    });
  }
});
