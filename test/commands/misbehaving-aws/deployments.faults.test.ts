import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cpSync } from "node:fs";
import { join } from "node:path";
import type { FaultRule } from "../../../sandbox/aws/faults/settings";
import { checkout } from "../../../sandbox/engine/paths";
import { run, type Finished } from "../../../sandbox/engine/run";
import { seed } from "../../run/property-tests";
import { ManyAccounts } from "../deploy/many-accounts";
import { KilledStack } from "../recover/killed-stack";

/** Each call meets it, and its repetition does not. */
const once = { rate: 1, times: 1 } as const;

const isOf = (action: string) => (call: { readonly action: string }) =>
  call.action === action;

/** What passes by itself, for the calls of a deployment and of what recover asks. */
const passing: Readonly<Record<string, FaultRule>> = {
  throttling: { kind: "throttling", ...once },
  "internal failures": { kind: "internal-failure", ...once },
  "an unavailable service": { kind: "service-unavailable", ...once },
  "connections that end before": { kind: "dropped-before", ...once },
  "reads whose connection ends after": {
    kind: "dropped-after",
    ...once,
    of: ({ isChange }) => !isChange,
  },
  "slow answers": { kind: "slow", rate: 1, milliseconds: 300 },
};

/** What ends a deployment once the user is made, and what is said then. */
const endingDeployment: Readonly<Record<string, readonly [FaultRule, RegExp]>> =
  {
    "a session that expires midway": [
      {
        kind: "expired-session",
        afterCalls: 0,
        of: ({ action, isChange }) => isChange && action !== "CreateUser",
      },
      /credentials have expired\. Fix: sign in again/,
    ],
    "a denial in the middle": [
      {
        kind: "denial",
        afterCalls: 0,
        actions: ["iam:*"],
        of: isOf("AddUserToGroup"),
      },
      /explicit deny in a service control policy[^]*Fix: run the command again with some that may/,
    ],
    "a creation whose connection ends after": [
      { kind: "dropped-after", ...once, of: isOf("CreateUser") },
      /EntityAlreadyExists[^]*Fix: npm run recover -- --stack bastion --search/,
    ],
  };

/** What keeps recover from its end, and what it says then. */
const endingRecovery: Readonly<Record<string, readonly [FaultRule, RegExp]>> = {
  "a session that expires midway": [
    { kind: "expired-session", afterCalls: 0, of: isOf("GetUser") },
    /credentials have expired\. Fix: sign in again/,
  ],
  "a session that expires in Pulumi's part": [
    { kind: "expired-session", afterCalls: 0, of: isOf("GetGroup") },
    /credentials have expired\. Fix: sign in again/,
  ],
  "a denial in the middle": [
    {
      kind: "denial",
      afterCalls: 0,
      actions: ["iam:*"],
      of: isOf("GetUser"),
    },
    /Fix: run the command again with some that may/,
  ],
  "no answer": [
    { kind: "no-answer", rate: 1, of: isOf("GetUser") },
    /AWS did not answer, however often[^]*Fix: see whether the network/,
  ],
};

describe("npm run deploy and npm run recover, with an AWS that misbehaves", () => {
  let project: ManyAccounts;
  const users: string[] = [];

  /** One more user than before. */
  const addUser = (): void => {
    users.push(`user${users.length}`);
    project.writeFile(
      "Pulumi.bastion.yaml",
      `config:
  bastion-account:stack: bastion
  bastion-account:everybody:
    - { roles: [ReadOnly], accounts: all }
  bastion-account:users:
${users.map((name) => `    ${name}:\n`).join("")}`,
    );
  };
  const options = ["--only", "bastion", "--no-policy-pack"];
  const deploy = () => project.npm("deploy", ...options);
  const recover = (...further: readonly string[]): Promise<Finished> => {
    const command = ["-r", "./infra/start", "commands/recover/command.ts"];
    const about = ["--stack", "bastion", "--project", project.folder];
    return run(process.execPath, [...command, ...about, "--yes", ...further], {
      cwd: checkout,
      environment: {
        ...project.environment,
        AWS_SESSION_TOKEN: undefined,
        AWS_PROFILE: undefined,
        COLUMNS: "400",
      },
    });
  };
  /** For a process that is sent a signal before it has ended. */
  const start = (program: string, args: readonly string[], cwd: string) => {
    const child = spawn(program, args, {
      cwd,
      env: { ...process.env, ...project.environment },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let printed = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        printed += text;
      });
    }
    const ended = new Promise<number | null>((resolve) => {
      child.on("close", resolve);
    }).then((code) => ({ code, printed }));
    return { child, ended };
  };
  const misbehave = (rule: FaultRule): void => {
    project.sandbox.aws.faults.set({ seed, rules: [rule] });
  };
  const behave = (): void => {
    project.sandbox.aws.faults.set(undefined);
  };
  const isMet = (): void => {
    assert.notEqual(project.sandbox.aws.faults.met().length, 0);
  };
  const assertEnds = (finished: Finished, code: number): string => {
    const printed = finished.stdout + finished.stderr;
    assert.equal(finished.code, code, printed);
    return printed;
  };
  /** A person sees sentences, and not where a line of a table or a terminal ends. */
  const flowing = (printed: string): string =>
    printed.replace(/\s*[│\n]\s*[│\s]*/g, " ");

  /** All is as declared, also by what is in the accounts. */
  const isDone = async (): Promise<void> => {
    const previewed = await project.npm("preview", ...options, "--refresh");
    assert.match(assertEnds(previewed, 0), /│ bastion +│ no change/);
  };
  /** Runs what is printed under Fix, and deploys again. */
  const follow = async (printed: string): Promise<void> => {
    const [, told] =
      /Fix: npm run recover -- --stack bastion((?: --[\w-]+)*)/.exec(printed) ??
      [];
    if (told !== undefined) {
      assertEnds(await recover(...told.split(" ").filter(Boolean)), 0);
    }
    assertEnds(await deploy(), 0);
    await isDone();
  };

  before(async () => {
    project = await ManyAccounts.start({ absent: "network", alarm: "{}" });
    addUser();
    assertEnds(await deploy(), 0);
  });
  afterEach(behave);
  after(() => project.close());

  for (const [kind, rule] of Object.entries(passing)) {
    it(`deploy is done: ${kind}`, async () => {
      addUser();
      misbehave(rule);
      assertEnds(await deploy(), 0);
      isMet();
      behave();
      await isDone();
    });
  }

  for (const [kind, [rule, told]] of Object.entries(endingDeployment)) {
    it(`deploy says what to do, and who does it gets what is declared: ${kind}`, async () => {
      addUser();
      misbehave(rule);
      const printed = flowing(assertEnds(await deploy(), 1));
      isMet();
      behave();
      assert.match(printed, told);
      await follow(printed);
    });
  }

  const up = ["up", "--yes", "--skip-preview", "--stack", "bastion"] as const;

  it("up is done where the connection ends after each change that makes nothing", async () => {
    addUser();
    misbehave({
      kind: "dropped-after",
      ...once,
      of: ({ action, isChange }) => isChange && !action.startsWith("Create"),
    });
    assertEnds(await project.pulumi(...up), 0);
    isMet();
    behave();
    await isDone();
  });

  it("up says what is there already where the connection ends after a creation, and recover finds it", async () => {
    addUser();
    misbehave({ kind: "dropped-after", ...once, of: isOf("CreateUser") });
    const printed = assertEnds(await project.pulumi(...up), 1);
    isMet();
    behave();
    assert.match(printed, /EntityAlreadyExists/);
    assertEnds(await recover("--search"), 0);
    assertEnds(await project.pulumi(...up), 0);
    await isDone();
  });

  it("up is ended by Ctrl-C where a creation is not answered, and recover and a repetition are done", async () => {
    addUser();
    const { cli } = project.sandbox.workspace.engine;
    const { child, ended } = start(
      cli,
      ["--non-interactive", ...up],
      project.folder,
    );
    let asked = 0;
    misbehave({
      kind: "no-answer",
      rate: 1,
      of: (call) => {
        if (!isOf("CreateUser")(call)) return false;
        asked += 1;
        // Once: at a second one Pulumi ends at once.
        if (asked === 1) child.kill("SIGINT");
        return true;
      },
    });
    const { code, printed } = await ended;
    assert.notEqual(code, 0, printed);
    isMet();
    behave();
    assertEnds(await recover(), 0);
    assertEnds(await project.pulumi(...up), 0);
    await isDone();
  });

  it("deploy is ended by a signal where a creation is not answered, and a repetition is done", async () => {
    addUser();
    const command = project.command("deploy", ...options);
    const { child, ended } = start(process.execPath, command, checkout);
    misbehave({
      kind: "no-answer",
      rate: 1,
      of: (call) => {
        const isTheOne = isOf("CreateUser")(call);
        if (isTheOne) child.kill("SIGTERM");
        return isTheOne;
      },
    });
    const { code, printed } = await ended;
    assert.equal(code, 1, printed);
    assert.match(printed, /│ bastion +│ cut off/);
    isMet();
    behave();
    const again = await deploy();
    if (again.code === 0) await isDone();
    else await follow(flowing(assertEnds(again, 1)));
  });

  /** What `up` is killed at, once AWS has made the user; what is read is so many seconds old. */
  const killUnseen = async (seconds: number): Promise<void> => {
    addUser();
    misbehave({ kind: "stale", rate: 1, behind: { seconds } });
    const stack = { flags: ["--stack", "bastion"] };
    const killed = new KilledStack(project.sandbox, stack, project.folder);
    const cut = { call: "CreateUser", moment: "done" } as const;
    assert.ok((await killed.deploy(["up"], cut)).isCut);
    await project.pulumi("cancel", "--yes", "--stack", "bastion");
  };

  it("recover finds what AWS did not tell at first: reads of what was", async () => {
    await killUnseen(10);
    const printed = assertEnds(await recover(), 0);
    isMet();
    assert.match(printed, /as the program makes it: imported/);
    behave();
    await follow("");
  });

  it("recover clears what AWS does not tell for long, and who does what deploy says gets what is declared", async () => {
    await killUnseen(3_600);
    const printed = assertEnds(await recover(), 0);
    isMet();
    assert.doesNotMatch(printed, /imported/);
    behave();
    const failed = flowing(assertEnds(await deploy(), 1));
    assert.match(failed, /Fix: npm run recover -- --stack bastion --search/);
    await follow(failed);
  });

  describe("of a creation that was cut off", () => {
    /** The states as they were left, to begin with each time. */
    let restore: () => void;

    before(async () => {
      addUser();
      const { sandbox, folder } = project;
      const stack = { flags: ["--stack", "bastion"] };
      const killed = new KilledStack(sandbox, stack, folder);
      const cut = { call: "CreateUser", moment: "done" } as const;
      assert.ok((await killed.deploy(["up"], cut)).isCut);
      await project.pulumi("cancel", "--yes", "--stack", "bastion");
      const states = join(sandbox.workspace.folder, "state");
      const kept = join(sandbox.workspace.folder, "kept");
      cpSync(states, kept, { recursive: true });
      restore = () => {
        cpSync(kept, states, { recursive: true });
      };
    });
    beforeEach(() => {
      restore();
    });

    for (const [kind, rule] of Object.entries(passing)) {
      it(`recover is done: ${kind}`, async () => {
        misbehave(rule);
        const printed = assertEnds(await recover(), 0);
        isMet();
        assert.match(printed, /as the program makes it: imported/);
      });
    }

    for (const [kind, [rule, told]] of Object.entries(endingRecovery)) {
      it(`recover says what to do, and a repetition is done: ${kind}`, async () => {
        misbehave(rule);
        const ended = await recover();
        assert.notEqual(ended.code, 0, ended.stdout);
        isMet();
        behave();
        assert.match(flowing(ended.stdout + ended.stderr), told);
        assertEnds(await recover(), 0);
      });
    }

    it("what recover has come to is deployed", async () => {
      assertEnds(await recover(), 0);
      await follow("");
    });
  });
});
