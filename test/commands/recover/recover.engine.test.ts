import assert from "node:assert/strict";
import { readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run, type Finished } from "../../../sandbox/engine/run";
import { checkout } from "../../../sandbox/engine/paths";
import type { Account } from "../../../sandbox/aws/model";
import { startSandbox, type Sandbox } from "../../../sandbox/sandbox";
import type { Stack } from "../../../sandbox/stack";
import type { ExportedStack } from "../../../commands/stacks/exported-stack";
import { moments } from "./call-gate";
import { contentsOf } from "./contents";
import { drawFrom } from "./draw";
import { changesAmong, KilledStack } from "./killed-stack";

const accountId = "111111111111";

const config = (users: string): string => `config:
  bastion-account:stack: bastion
  bastion-account:everybody:
    - { roles: [ReadOnly], accounts: all }
  bastion-account:users:
${users}`;

const ada = "    ada:\n";
const both = `${ada}    bashir:\n`;

/** One sandbox, and one stack that is cut off in several ways, each after the other. */
describe("npm run recover", () => {
  let sandbox: Sandbox;
  let stack: Stack;
  let killed: KilledStack;
  let account: Account;
  /** What the account has with both users. */
  let contents = "";

  const recover = (...args: readonly string[]): Promise<Finished> => {
    const { aws, workspace } = sandbox;
    const [, name = "", , configFile = ""] = stack.flags;
    return run(
      process.execPath,
      [
        ...["-r", "./sandbox/environment.js", "-r", "./infra/start"],
        ...["commands/recover/command.ts", "--stack", name],
        ...["--config-file", configFile, ...args],
      ],
      {
        cwd: checkout,
        environment: {
          ...workspace.environment,
          ...workspace.engine.environment,
          AWS_ENDPOINT_URL: aws.endpoint,
          AWS_ACCESS_KEY_ID: aws.deployment.accessKeyId,
          AWS_SECRET_ACCESS_KEY: aws.deployment.secretAccessKey,
          AWS_SESSION_TOKEN: undefined,
          AWS_PROFILE: undefined,
        },
      },
    );
  };

  const exported = async (): Promise<ExportedStack> =>
    JSON.parse(await stack.exported()) as ExportedStack;
  const pending = async () =>
    (await exported()).deployment?.pending_operations ?? [];
  const stateFile = (): string =>
    join(
      sandbox.workspace.folder,
      "state/.pulumi/stacks/bastion-account/bastion.json",
    );

  /** Deploys until AWS has made the user, and nobody was told. */
  const cutAtUser = async (): Promise<void> => {
    const cut = { call: "CreateUser", moment: "done" } as const;
    const { isCut } = await killed.deploy(["up"], cut);
    assert.ok(isCut && account.users.has("bashir"));
  };

  before(async () => {
    sandbox = await startSandbox({ progress: console.log });
    stack = await sandbox.stack("bastion", config(ada));
    killed = new KilledStack(sandbox, stack);
    account = sandbox.aws.cloud.accounts.get(accountId) ?? assert.fail();
    await stack.up();
  });
  after(() => sandbox.close());

  it("has nothing to do where nothing was cut off", async () => {
    const { code, stdout } = await recover("--yes");
    assert.equal(code, 0, stdout);
    assert.match(stdout, /Nothing was left/);
  });

  it("says what it found of a user that was made and not written down, and asks first", async () => {
    stack.writeConfig(config(both));
    await cutAtUser();
    const before = await stack.exported();
    const { code, stdout, stderr } = await recover();
    assert.equal(code, 1, stdout);
    assert.match(stdout, /bashir .* there, as the program makes it: imported/);
    assert.match(stderr, /Fix: give --yes/);
    assert.equal(await stack.exported(), before);
  });

  it("lifts no lock that nobody asked it to, and says who holds it since when", async () => {
    const { code, stdout } = await recover("--yes");
    assert.equal(code, 1, stdout);
    assert.match(stdout, /is locked: .+@.+ \(pid \d+\) at 20\d\d-/);
    assert.match(stdout, /--lift-lock/);
  });

  it("refuses a user that somebody else has made", async () => {
    const user = account.users.get("bashir") ?? assert.fail();
    const { tags } = user;
    user.tags = [{ Key: "owner", Value: "eve" }];
    const { code, stdout } = await recover("--yes", "--lift-lock");
    user.tags = tags;
    assert.equal(code, 1, stdout);
    assert.match(stdout, /REFUSED: there is another bashir/);
    assert.equal((await pending()).length, 1);
  });

  it("imports the program's, and the deployment comes to its end", async () => {
    const made = account.users.get("bashir");
    const { code, stdout } = await recover("--yes");
    assert.equal(code, 0, stdout);
    await stack.up("--refresh");
    assert.equal(account.users.get("bashir"), made);
    assert.deepEqual(await pending(), []);
  });

  /**
   * The reason why recover edits the state itself. Once this fails, Pulumi does what it says, and recover
   * can leave it to Pulumi.
   */
  it("can't leave the import to Pulumi's own --import-pending-creates, which forgets it", async () => {
    stack.writeConfig(config(ada));
    await stack.up();
    stack.writeConfig(config(both));
    await cutAtUser();
    await stack.run(["cancel", "--yes", "--stack", stack.name]);
    const [operation] = await pending();
    const { urn } = operation?.resource ?? assert.fail();
    const flag = "--import-pending-creates";
    await stack.refresh(flag, urn, flag, "bashir");
    const { deployment } = await exported();
    assert.ok(!deployment?.resources?.some((one) => one.urn === urn));
    assert.ok(account.users.has("bashir"));
  });

  it("finds with --search what the state was made to forget", async () => {
    const made = account.users.get("bashir");
    const { code, stdout } = await recover("--yes", "--search");
    assert.equal(code, 0, stdout);
    await stack.up();
    assert.equal(account.users.get("bashir"), made);
  });

  it("restores a state that was cut from Pulumi's backup, and shows the difference", async () => {
    contents = JSON.stringify(contentsOf(account));
    const file = stateFile();
    truncateSync(file, Math.floor(readFileSync(file).length / 2));
    const asked = await recover();
    assert.equal(asked.code, 1, asked.stdout);
    assert.match(asked.stdout, /It is restored from .*bastion\.[\d.]*json/);
    assert.match(
      asked.stdout,
      /It has \d+ resources; what is left .* names \d+/,
    );
    const { code, stdout } = await recover("--yes");
    assert.equal(code, 0, stdout);
    await stack.up("--refresh");
    assert.equal(JSON.stringify(contentsOf(account)), contents);
  });

  it("takes away the backend's notes where they are cut, and not the state", async () => {
    const notes = `${stateFile()}.attrs`;
    writeFileSync(notes, "");
    const refused = await stack.run(["stack", "export", "--stack", stack.name]);
    assert.match(refused.stderr, /failed to load checkpoint: EOF/);
    const state = (): unknown => JSON.parse(readFileSync(stateFile(), "utf8"));
    const before = state();
    const { code, stdout } = await recover("--yes");
    assert.equal(code, 0, stdout);
    assert.match(stdout, /the state stays as it is/);
    assert.deepEqual(state(), before);
  });

  it("lets kills at random points of a change and a removal come to the same", async () => {
    const draw = drawFrom(20_261_127);
    let cuts = 0;
    for (const users of [ada, both]) {
      stack.writeConfig(config(users));
      const call = 4 + Math.floor(draw() * 12);
      const moment = moments[Math.floor(draw() * moments.length)] ?? "done";
      const { isCut } = await killed.deploy(["up"], { call, moment });
      if (isCut) {
        cuts += 1;
        const { code, printed, asked } = await killed.recover();
        assert.equal(code, 0, printed);
        assert.deepEqual(changesAmong(asked), []);
      }
      await stack.up("--refresh");
      assert.equal(account.users.has("bashir"), users === both);
    }
    assert.ok(cuts > 0);
    assert.equal(JSON.stringify(contentsOf(account)), contents);
  });

  it("says what it is for, and what it does not understand", async () => {
    const { code, stdout } = await recover("--help");
    assert.equal(code, 0);
    assert.match(stdout, /Changes nothing in AWS/);
    const unknown = await recover("--force");
    assert.equal(unknown.code, 2);
    assert.match(unknown.stderr, /--force/);
    const slip = await recover("--stack", "bastoin");
    assert.equal(slip.code, 2);
    assert.match(
      slip.stderr,
      /"bastoin" names no stack .*nearest is bastion\n/,
    );
  });
});
