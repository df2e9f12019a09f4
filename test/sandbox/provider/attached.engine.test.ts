import assert from "node:assert/strict";
import { CreateUserCommand } from "@aws-sdk/client-iam";
import { trust } from "./lifecycles";
import { Program } from "./program";
import {
  bastionId,
  deploymentRole,
  startRunningProvider,
  workloadId,
  type RunningProvider,
} from "./running-provider";

const into = (name: string, accountId: string): string => `
const ${name} = new aws.Provider("${name}", {
  region: "us-east-1",
  allowedAccountIds: ["${accountId}"],
  assumeRoles: [{ roleArn: "${deploymentRole(accountId)}", duration: "15m" }],
});`;

const bothProviders = into("bastion", bastionId) + into("workload", workloadId);

const usersAndRole = `${bothProviders}
const names = Array.from({ length: 12 }, (_, index) => "user-" + index);
const made = names.flatMap((name) =>
  Object.entries({ bastion, workload }).map(([account, provider]) =>
    new aws.User(account + "-" + name, { name }, { provider }),
  ),
);
const role = new aws.Role("automatic", {
  assumeRolePolicy: ${JSON.stringify(trust(bastionId))},
}, { provider: workload });
exports.arns = made.map(({ arn }) => arn);
exports.roleName = role.name;
`;

describe("the provider, attached to the real engine", () => {
  let running: RunningProvider;
  let program: Program;
  const usersOf = (accountId: string): number =>
    running.aws.cloud.accounts.get(accountId)?.users.size ?? 0;

  before(async () => {
    running = await startRunningProvider();
    program = await Program.create(running.port);
  });

  after(async () => {
    program.close();
    await running.close();
  });

  it("knows names at preview, and not what AWS will give", async () => {
    program.write(usersAndRole);
    const { code, stdout } = await program.run("preview", "--diff");
    assert.equal(code, 0, stdout);
    const outputs = stdout.slice(stdout.indexOf("--outputs:--"));
    assert.match(outputs, /roleName *: "automatic-[0-9a-f]{7}"/);
    assert.match(outputs, /\[23\]: \[unknown\]/);
    assert.equal(usersOf(bastionId) + usersOf(workloadId), 0);
  });

  it("makes each resource in the account of its own provider, many at once", async () => {
    const { arns } = await program.up("--parallel", "16");
    assert.deepEqual(
      arns,
      Array.from({ length: 12 }, (_, index) =>
        [bastionId, workloadId].map(
          (accountId) => `arn:aws:iam::${accountId}:user/user-${index}`,
        ),
      ).flat(),
    );
    assert.equal(usersOf(bastionId), 12);
    assert.equal(usersOf(workloadId), 12);
  });

  it("has nothing to change, refresh or rename the second time", async () => {
    const { roleName } = await program.up("--expect-no-changes", "--refresh");
    assert.match(String(roleName), /^automatic-[0-9a-f]{7}$/);
  });

  it("imports what was made by hand", async () => {
    const client = await running.administrator(bastionId);
    await client.send(new CreateUserCommand({ UserName: "old", Path: "/x/" }));
    program.write(`${usersAndRole}
new aws.User("old", { name: "old", path: "/x/" }, {
  provider: bastion,
  import: "old",
});`);
    await program.up();
    await program.up("--expect-no-changes");
  });

  it("tells AWS's own error, and not where in the code it came up", async () => {
    const client = await running.administrator(workloadId);
    await client.send(new CreateUserCommand({ UserName: "taken" }));
    program.write(`${usersAndRole}
new aws.User("old", { name: "old", path: "/x/" }, { provider: bastion });
new aws.User("taken", { name: "taken" }, { provider: workload });`);
    const { code, stdout, stderr } = await program.run(
      "up",
      "--yes",
      "--skip-preview",
    );
    assert.notEqual(code, 0);
    assert.match(stdout, /EntityAlreadyExists: .*taken/);
    assert.doesNotMatch(stdout + stderr, /^\s+at .*\.[jt]s:\d+/m);
  });

  it("tells what is wrong with an input before anything is changed", async () => {
    program.write(`${bothProviders}
new aws.Role("short", { assumeRolePolicy: "{}", maxSessionDuration: 60 }, {
  provider: workload,
});`);
    const { code, stdout } = await program.run("preview");
    assert.notEqual(code, 0);
    assert.match(
      stdout,
      /"maxSessionDuration" expected to be in the range \(3600 - 43200\), got 60/,
    );
  });

  it("keeps a first password out of what is printed and stored", async () => {
    program.write(`${usersAndRole}
const user = new aws.User("ada", { name: "ada" }, { provider: bastion });
const first = new aws.UserLoginProfile("ada", { user: user.name }, { provider: bastion });
exports.password = first.password;`);
    const done = await program.run("up", "--yes", "--skip-preview");
    assert.equal(done.code, 0, done.stdout);
    const password = running.aws.cloud.accounts.get(bastionId)?.users.get("ada")
      ?.loginProfile?.password;
    assert.ok(password);
    const { stdout: state } = await program.run("stack", "export");
    for (const text of [done.stdout, done.stderr, state]) {
      assert.ok(!text.includes(password));
      assert.ok(!text.includes(JSON.stringify(password).slice(1, -1)));
    }
    const { stdout } = await program.run(
      "stack",
      "output",
      "password",
      "--show-secrets",
    );
    assert.equal(stdout, password);
  });

  it("leaves nothing behind", async () => {
    const { code, stdout } = await program.run(
      "destroy",
      "--yes",
      "--skip-preview",
    );
    assert.equal(code, 0, stdout);
    assert.equal(usersOf(bastionId), 0);
    // The one that another made, and the program could not.
    assert.equal(usersOf(workloadId), 1);
  });
});
