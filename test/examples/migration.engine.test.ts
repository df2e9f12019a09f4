import assert from "node:assert/strict";
import {
  copyFileSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { IAM } from "@aws-sdk/client-iam";
import { parse } from "yaml";
import { signIn } from "../../sandbox/aws/console-client";
import { checkout } from "../../sandbox/engine/paths";
import { run, type Finished } from "../../sandbox/engine/run";
import { startSandbox, type Sandbox } from "../../sandbox/sandbox";
import type { Stack } from "../../sandbox/stack";
import {
  clientConfig,
  Person,
  type ClientCredentials,
} from "../../sandbox/tour/people";
import { accountId, example, makeFounder } from "./single-account";

const UserName = "ada";
const password = "Long-before-MFA-1!";

/** What somebody writes who has one account, with users in it: its id, twice. */
const firstStackFile = JSON.stringify({
  config: {
    "bastion-account:stack": "bastion",
    "bastion-account:bastionAccountId": accountId,
    "bastion-account:accounts": { main: { id: accountId } },
    "bastion-account:deploymentRole": "none",
    "bastion-account:roles": {},
    "bastion-account:everybody": [{ roles: ["ReadOnly"], accounts: "all" }],
  },
});

describe("an administrator moves from AdministratorAccess to a role with MFA", () => {
  let sandbox: Sandbox;
  let folder: string;
  let bastion: Stack;
  let ada: Person;
  let key: ClientCredentials;
  let session: ClientCredentials;

  const stackFile = (): string =>
    readFileSync(join(folder, "Pulumi.bastion.yaml"), "utf8");

  before(async () => {
    sandbox = await startSandbox({ progress: console.log });
    folder = mkdtempSync(join(tmpdir(), "migration "));
    copyFileSync(join(checkout, "Pulumi.yaml"), join(folder, "Pulumi.yaml"));
    writeFileSync(join(folder, "Pulumi.bastion.yaml"), firstStackFile);
    key = await makeFounder(sandbox, UserName, password);
    ada = new Person(sandbox.aws, accountId, UserName, password);
  });

  after(async () => {
    rmSync(folder, { recursive: true });
    await sandbox.close();
  });

  const signInWithoutMfa = () =>
    signIn(sandbox.aws.endpoint, {
      account: accountId,
      userName: UserName,
      password,
    });

  const iamAs = (credentials: ClientCredentials): IAM =>
    new IAM(clientConfig(sandbox.aws, credentials));

  const adopt = (
    as: ClientCredentials,
    ...args: readonly string[]
  ): Promise<Finished> =>
    run(
      process.execPath,
      [
        ...["-r", "./sandbox/environment.js", "-r", "./infra/start"],
        ...["commands/adopt/command.ts", "--project", folder, ...args],
      ],
      {
        cwd: checkout,
        environment: {
          AWS_ENDPOINT_URL: sandbox.aws.endpoint,
          AWS_ACCESS_KEY_ID: as.accessKeyId,
          AWS_SECRET_ACCESS_KEY: as.secretAccessKey,
          AWS_SESSION_TOKEN: as.sessionToken,
          AWS_PROFILE: undefined,
        },
      },
    );

  it("begins where a bare key does everything", async () => {
    const { Groups } = await iamAs(key).listGroups();
    assert.deepEqual(Groups, []);
  });

  it("enrols MFA first: from the deployment on, nothing works without", async () => {
    await ada.enrolMfa(await signInWithoutMfa());
    session = await ada.openSession(key);
  });

  it("is proposed a team that may take OpsSudo in the same account", async () => {
    const { code, stdout, stderr } = await adopt(session, "--out", folder);
    assert.equal(code, 1, stdout + stderr);
    const { config } = parse(stackFile()) as {
      readonly config: Readonly<Record<string, unknown>>;
    };
    assert.deepEqual(config["bastion-account:users"], {
      ada: { teams: ["administrators"] },
    });
    assert.deepEqual(config["bastion-account:teams"], {
      administrators: {
        grants: [{ roles: ["PowerUser", "OpsSudo"], accounts: "all" }],
      },
    });
  });

  it("deploys both stacks with a session that has MFA, and is made no new user", async () => {
    sandbox.deployAs(session);
    bastion = await sandbox.stack("bastion", stackFile());
    const imported = await bastion.run([
      ...["import", "--yes", "--skip-preview", "--protect=false"],
      "--generate-code=false",
      ...["--file", join(folder, "bastion.import.json"), ...bastion.flags],
    ]);
    assert.equal(imported.code, 0, imported.stdout + imported.stderr);
    const { stdout } = await bastion.up();
    assert.doesNotMatch(stdout, /aws:iam:User .*(created|replaced|deleted)/);
    const text = readFileSync(join(example, "Pulumi.workload.yaml"), "utf8");
    const workload = await sandbox.stack(
      "workload",
      `${text}  bastion-account:roles: {}\n`,
    );
    await workload.up();
  });

  it("does nothing more by the key alone, and all of it by the role", async () => {
    await assert.rejects(iamAs(key).listGroups(), { name: "AccessDenied" });
    const role = await ada.takeRole(session, accountId, "OpsSudo");
    const { Groups = [] } = await iamAs(role).listGroups();
    assert.ok(Groups.length > 0);
  });

  const attachedPolicies = async () => {
    const role = await ada.takeRole(session, accountId, "OpsSudo");
    const attached = await iamAs(role).listAttachedUserPolicies({ UserName });
    return attached.AttachedPolicies ?? [];
  };

  it("is told what no role gives, and loses nothing before that is accepted", async () => {
    const role = await ada.takeRole(session, accountId, "OpsSudo");
    const { stdout } = await adopt(role, "--apply", "--yes");
    assert.match(
      stdout.replace(/\s+/g, " "),
      /ada would lose sts:GetFederationToken in account 111111111111 \(the bastion itself\):/,
    );
    assert.equal((await attachedPolicies()).length, 1);
  });

  it("loses the policy, which the role makes up for, and keeps the way in", async () => {
    const role = await ada.takeRole(session, accountId, "OpsSudo");
    const { code, stdout, stderr } = await adopt(
      role,
      ...["--apply", "--yes", "--accept-less", UserName],
    );
    assert.equal(code, 1, stdout + stderr);
    assert.match(stdout, /keepPoliciesOf names ada/);
    assert.deepEqual(await attachedPolicies(), []);
  });

  it("has nothing left to do once the stack file keeps no policies beside the stack's", async () => {
    const role = await ada.takeRole(session, accountId, "OpsSudo");
    const { config } = parse(stackFile()) as {
      readonly config: Readonly<Record<string, unknown>>;
    };
    const text = JSON.stringify({
      config: Object.fromEntries(
        Object.entries(config).filter(
          ([key]) => key !== "bastion-account:keepPoliciesOf",
        ),
      ),
    });
    writeFileSync(join(folder, "Pulumi.bastion.yaml"), text);
    bastion.writeConfig(text);
    sandbox.deployAs(role);
    await bastion.up();
    const { code, stdout, stderr } = await adopt(role);
    assert.equal(code, 0, stdout + stderr);
  });

  it("has MFA alone do nothing from then on, and a role-switch link lead on", async () => {
    const console_ = await ada.signInWithMfa();
    await assert.rejects(iamAs(console_).listGroups(), {
      name: "AccessDenied",
    });
    const { switchRoleUrls } = (await bastion.outputs()) as {
      readonly switchRoleUrls: Readonly<Record<string, Record<string, string>>>;
    };
    const link = new URL(switchRoleUrls["main"]?.["OpsSudo"] ?? "");
    const role = await ada.takeRole(
      console_,
      link.searchParams.get("account") ?? "",
      link.searchParams.get("roleName") ?? "",
    );
    assert.ok((await iamAs(role).listGroups()).Groups);
  });
});
