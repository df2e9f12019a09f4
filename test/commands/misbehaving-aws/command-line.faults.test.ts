import assert from "node:assert/strict";
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SandboxAws } from "../../../sandbox/aws";
import type { FaultRule } from "../../../sandbox/aws/faults/settings";
import { checkout } from "../../../sandbox/engine/paths";
import { run, type Finished } from "../../../sandbox/engine/run";
import { seed } from "../../run/property-tests";
import { snapshotOf } from "../verify/accounts";
import { startDeployed } from "./in-process";

/** Milliseconds: a minute and a half, and the start of a program on a busy machine. */
const longest = 120_000;

/** What ends a command, and what it says then. */
const ending: Readonly<Record<string, readonly [FaultRule, RegExp]>> = {
  "no answer": [
    { kind: "no-answer", rate: 1 },
    /did not answer, however often.*Fix: see whether the network/s,
  ],
  "no answer of IAM's": [
    { kind: "no-answer", rate: 1, of: ({ service }) => service === "iam" },
    /did not answer, however often.*Fix: see whether the network/s,
  ],
  "an expired session": [
    { kind: "expired-session", afterCalls: 2 },
    /credentials have expired\. Fix: sign in again/s,
  ],
};

describe("commands at a terminal, with an AWS that misbehaves", () => {
  let aws: SandboxAws;
  let restore: () => void;
  let folder: string;

  before(async () => {
    aws = await startDeployed();
    restore = snapshotOf(aws);
    folder = mkdtempSync(join(tmpdir(), "misbehaving-"));
  });
  beforeEach(() => {
    for (const stack of ["", ".bastion", ".workload"]) {
      const file = `Pulumi${stack}.yaml`;
      copyFileSync(join(checkout, file), join(folder, file));
    }
  });
  afterEach(() => {
    aws.faults.set(undefined);
    restore();
  });
  after(async () => {
    rmSync(folder, { recursive: true });
    await aws.close();
  });

  const command = (
    name: string,
    ...args: readonly string[]
  ): Promise<Finished> =>
    run(
      process.execPath,
      [
        ...["-r", "./sandbox/environment.js", "-r", "./infra/start"],
        ...[`commands/${name}/command.ts`, ...args],
      ],
      {
        cwd: checkout,
        environment: {
          AWS_ENDPOINT_URL: aws.endpoint,
          AWS_ACCESS_KEY_ID: aws.deployment.accessKeyId,
          AWS_SECRET_ACCESS_KEY: aws.deployment.secretAccessKey,
          AWS_SESSION_TOKEN: undefined,
          AWS_PROFILE: undefined,
          COLUMNS: "400",
        },
      },
    );

  const typed: Readonly<Record<string, () => Promise<Finished>>> = {
    verify: () => command("verify", "--json"),
    revoke: () => command("revoke", "ada", "--project", folder),
    adopt: () =>
      command(
        "adopt",
        "--project",
        folder,
        "--apply",
        "--yes",
        "--accept-less-here",
      ),
  };

  for (const [name, type] of Object.entries(typed)) {
    for (const [kind, [rule, told]] of Object.entries(ending)) {
      it(`${name} ends in time, says what to do, and is done by a repetition: ${kind}`, async () => {
        const calm = await type();
        restore();
        aws.faults.set({ seed, rules: [rule] });
        const began = performance.now();
        const ended = await type();
        assert(performance.now() - began < longest);
        assert.notEqual(aws.faults.met().length, 0);
        assert.notEqual(ended.code, 0);
        assert.notEqual(ended.code, calm.code);
        assert.match(ended.stdout + ended.stderr, told);
        aws.faults.set(undefined);
        const again = await type();
        assert.equal(again.code, calm.code, again.stdout + again.stderr);
      });
    }
  }

  it("client-config asks AWS nothing", async () => {
    aws.faults.set({ seed, rules: [{ kind: "no-answer", rate: 1 }] });
    const file = join(folder, "config");
    const { code } = await command(
      "client-config",
      "ada",
      "--yes",
      "--file",
      file,
    );
    assert.equal(code, 0);
    assert.deepEqual(aws.faults.met(), []);
  });
});
