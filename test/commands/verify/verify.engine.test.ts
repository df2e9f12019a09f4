import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ExpectedAccess } from "../../../commands/verify/expected";
import type { Report } from "../../../commands/verify/report";
import { checkout } from "../../../sandbox/engine/paths";
import { readStackFile } from "../../../sandbox/project";
import { startSandbox, type Sandbox } from "../../../sandbox/sandbox";
import type { Stack } from "../../../sandbox/stack";
import { assignmentsOf, isGranted } from "../../../sandbox/tour/expected";
import { Person } from "../../../sandbox/tour/people";
import { findingKinds } from "../../../commands/verify/finding-kinds";
import { auditedFaults } from "./audited-faults";
import { isDeployed, type Fault } from "./fault";
import { faults } from "./faults";
import { callsIn, run, type RemedyCall } from "./remedy";
import {
  administrator,
  bastionId,
  committedExpectation,
  inside,
  prodId,
  snapshotOf,
  verified,
  wrongIn,
} from "./accounts";

describe("verify, over both stacks as deployed", () => {
  let sandbox: Sandbox;
  const stacks: Stack[] = [];
  let expected: ExpectedAccess;
  let restore: () => void;
  let folder: string;

  before(async () => {
    sandbox = await startSandbox({ progress: console.log });
    for (const name of ["bastion", "workload"]) {
      const stack = await sandbox.stack(name);
      await stack.up();
      stacks.push(stack);
    }
    expected = committedExpectation();
    restore = snapshotOf(sandbox.aws);
    folder = mkdtempSync(join(tmpdir(), "verify-"));
  });

  afterEach(() => {
    restore();
  });

  after(async () => {
    rmSync(folder, { recursive: true });
    await sandbox.close();
  });

  it("passes, and sees just the assignments that the stack files grant", async () => {
    const report = await verified(sandbox.aws, expected);
    assert.deepEqual(wrongIn(report), []);
    assert.equal(report.outcome, "pass");
    const stackFile = readStackFile("bastion");
    const granted = Object.keys(stackFile.users).flatMap((user) =>
      assignmentsOf(stackFile)
        .filter((assignment) => isGranted(stackFile, user, assignment))
        .map(({ account, role }) => [user, account, role].join(" ")),
    );
    assert.deepEqual(
      report.assignments
        .flatMap(({ users, accounts, role }) =>
          users.flatMap((user) =>
            accounts.map((account) => [user, account, role].join(" ")),
          ),
        )
        .sort(),
      granted.sort(),
    );
    for (const assignment of report.assignments) {
      assert.equal(assignment.withoutMfa, "closed");
      assert.equal(assignment.freshMfa, "open");
      assert.equal(assignment.oldMfa, "closed");
      assert.equal(
        assignment.oldMfaSeconds,
        assignment.role === "OpsSudo" ? 3_600 : 43_200,
      );
    }
    assert.equal(report.pairs.granted, granted.length);
    assert.equal(report.pairs.open, granted.length);
    assert.ok(report.pairs.decided > granted.length);
  });

  it("passes with people at work: passwords changed, MFA enrolled, keys made", async () => {
    const { iam } = administrator(sandbox.aws, bastionId);
    const ada = new Person(sandbox.aws, bastionId, "ada");
    await ada.receivePassword(iam);
    await ada.enrolMfa(await ada.signInFirst());
    await ada.makeAccessKey(await ada.signInWithMfa());
    const report = await verified(sandbox.aws, expected);
    assert.deepEqual(wrongIn(report), []);
    const bastion = report.accounts.find(({ id }) => id === bastionId);
    assert.deepEqual(bastion?.usersWithoutMfa, []);
  });

  const verifiedFor = ({ expects, settings }: Fault): Promise<Report> =>
    verified(sandbox.aws, expects?.(expected) ?? expected, settings);

  const assertTold = (
    { rule, says, outcome }: Fault,
    { findings, outcome: whole }: Report,
  ): void => {
    const messages = findings
      .filter((one) => one.rule === rule)
      .map(({ message }) => message);
    assert.ok(
      messages.some((message) => says.test(message)),
      `${rule} is not among ${JSON.stringify(findings, undefined, 1)}`,
    );
    assert.equal(whole, outcome ?? "fail");
  };

  describe("finds each of these faults", () => {
    for (const fault of faults.filter(isDeployed)) {
      it(fault.name, async () => {
        await fault.plant(sandbox.aws);
        assertTold(fault, await verifiedFor(fault));
      });
    }
  });

  describe("finds each of these faults, and says calls, or what to do by hand, that mend it", () => {
    for (const fault of faults.filter((one) => !isDeployed(one))) {
      it(fault.name, async () => {
        const { plant, rule, mend, settings, settingsMended } = fault;
        await plant(sandbox.aws);
        const told = await verifiedFor(fault);
        assertTold(fault, told);
        if (typeof mend === "function") await mend(sandbox.aws);
        else await runAll(callsIn(told.findings));
        const after = await verifiedFor({
          ...fault,
          settings: { ...settings, ...settingsMended },
        });
        assert.deepEqual(
          after.findings.filter((one) => one.rule === rule),
          [],
        );
      });
    }
  });

  const runAll = async (calls: readonly RemedyCall[]): Promise<void> => {
    for (const call of calls) await run(sandbox.aws, call);
  };

  it("says what mends drift: calls for what is not the program's, and a deployment", async () => {
    for (const { plant } of faults.filter(isDeployed)) {
      await plant(sandbox.aws);
    }
    await runAll(callsIn((await verified(sandbox.aws, expected)).findings));
    for (const stack of stacks) await stack.up("--refresh");
    const mended = await verified(sandbox.aws, expected);
    assert.deepEqual(wrongIn(mended), []);
  });

  it("has a fault of every kind, some of them in what the auditor's roles see", () => {
    const all = [...faults, ...auditedFaults];
    const planted = new Set(all.map(({ rule }) => rule));
    assert.deepEqual(
      findingKinds.filter((kind) => !planted.has(kind)),
      [],
    );
    assert.ok(all.length >= 40);
  });

  it("takes limits on keys, and accounts that are known", async () => {
    const strict = { keyAgeDays: 1, keyUnusedDays: 1 };
    const vendor = faults.find(({ rule }) => rule === "role-trusts-outside");
    await vendor?.plant(sandbox.aws);
    const knownAccounts = ["444455556666"];
    assert.deepEqual(
      wrongIn(await verified(sandbox.aws, expected, { knownAccounts })),
      [],
    );
    const old = faults.find(({ rule }) => rule === "key-old");
    await old?.plant(sandbox.aws);
    const found = await verified(sandbox.aws, expected, strict);
    assert.ok(found.findings.some(({ rule }) => rule === "key-old"));
    const lax = { keyAgeDays: 365, knownAccounts };
    const report = await verified(sandbox.aws, expected, lax);
    assert.ok(report.findings.every(({ rule }) => rule !== "key-old"));
  });

  it("says whether root is managed centrally, or that nobody told it", async () => {
    const { aws } = sandbox;
    assert.equal(
      (await verified(aws, expected)).centralRootAccess,
      "not known",
    );
    const management = aws.cloud.managementAccountId;
    inside(aws, management)
      .users.get("deployment")
      ?.attachedPolicies.add("arn:aws:iam::aws:policy/IAMReadOnlyAccess");
    const off = await verified(aws, expected);
    assert.equal(off.centralRootAccess, "off");
    assert.deepEqual(
      wrongIn(off).map(({ rule }) => rule),
      ["central-root-access-off"],
    );
    aws.cloud.rootFeatures.add("RootCredentialsManagement");
    assert.equal((await verified(aws, expected)).centralRootAccess, "on");
  });

  it("does not pass when an account can't be read, and tells of the others", async () => {
    inside(sandbox.aws, prodId).roles.delete("OrganizationAccountAccessRole");
    const report = await verified(sandbox.aws, expected);
    assert.equal(report.outcome, "not read");
    assert.deepEqual(
      report.unread.map(({ name }) => name),
      ["prod"],
    );
    assert.match(report.unread[0]?.why ?? "", /AccessDenied/);
    assert.equal(report.accounts.length, 2);
  });

  describe("as a command", () => {
    interface Ended {
      readonly code: number | string;
      readonly stdout: string;
      readonly stderr: string;
    }

    const verify = (...args: readonly string[]): Promise<Ended> =>
      new Promise((resolve) => {
        execFile(
          process.execPath,
          [
            ...["-r", "./sandbox/environment.js", "-r", "./infra/start"],
            "commands/verify/command.ts",
            ...args,
          ],
          {
            cwd: checkout,
            env: {
              ...process.env,
              AWS_ENDPOINT_URL: sandbox.aws.endpoint,
              AWS_ACCESS_KEY_ID: sandbox.aws.deployment.accessKeyId,
              AWS_SECRET_ACCESS_KEY: sandbox.aws.deployment.secretAccessKey,
            },
          },
          (error, stdout, stderr) => {
            resolve({ code: error?.code ?? 0, stdout, stderr });
          },
        );
      });

    it("ends with 0, with a table on the output and progress beside it", async () => {
      const { code, stdout, stderr } = await verify();
      assert.equal(code, 0, stderr);
      assert.match(
        stdout,
        /│ ada, dolores +│ OpsSudo +│ dev, prod +│ MFA within 1 hour +│ ✓ granted/,
      );
      assert.match(stdout, /│ ReadOnly +│ dev, prod +│ MFA within 12 hours +│/);
      assert.match(
        stdout,
        /Passed, with \d+ notes\. Of \d+ pairs of a user and a role/,
      );
      assert.match(stderr, /bastion \(111111111111\): 4 users/);
    });

    it("ends with 1 and writes JSON and the page", async () => {
      inside(sandbox.aws, prodId).root.accessKeys = 1;
      const file = join(folder, "report.html");
      const { code, stdout } = await verify("--json", "--html", file);
      assert.equal(code, 1);
      const report = JSON.parse(stdout) as Report;
      assert.deepEqual(
        wrongIn(report).map(({ rule }) => rule),
        ["root-keys"],
      );
      assert.match(readFileSync(file, "utf8"), /root of prod has access keys/);
    });

    it("writes down what the config says, and verifies by that file", async () => {
      const printed = await verify("--print-expected");
      assert.equal(printed.code, 0, printed.stderr);
      assert.deepEqual(JSON.parse(printed.stdout), expected);
      const file = join(folder, "expected.json");
      writeFileSync(file, printed.stdout);
      const { code, stderr } = await verify(
        "--expected",
        file,
        "--stack",
        "none",
      );
      assert.equal(code, 0, stderr);
      writeFileSync(file, "{}");
      const wrong = await verify("--expected", file);
      assert.equal(wrong.code, 2);
      assert.match(
        wrong.stderr,
        /not as --print-expected writes it[^]*bastion/,
      );
    });

    it("ends with 2 when it could not read", async () => {
      inside(sandbox.aws, prodId).roles.delete("OrganizationAccountAccessRole");
      const { code, stdout } = await verify();
      assert.equal(code, 2);
      assert.match(stdout, /prod \(033333333333\) could not be read/);
    });

    it("ends with 2 when what was typed makes no sense, or the config does not", async () => {
      const typed = await verify("--key-age", "old");
      assert.equal(typed.code, 2);
      assert.match(typed.stderr, /--key-age takes a whole number/);
      const stack = await verify("--stack", "workload");
      assert.equal(stack.code, 2);
      assert.match(
        stack.stderr,
        /stack\n +at: +Pulumi\.workload\.yaml:2\n +found: +workload, in Pulumi\.workload\.yaml/,
      );
    });
  });
});
