import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { IAM } from "@aws-sdk/client-iam";
import { generateKey } from "openpgp";
import { confirmMails } from "../../../sandbox/aws/mail-client";
import { checkout } from "../../../sandbox/engine/paths";
import { run, type Finished } from "../../../sandbox/engine/run";
import { readStackFile } from "../../../sandbox/project";
import { signInFirstTime } from "../../../sandbox/tour/first-sign-in";
import {
  administratorOf,
  clientConfig,
  Person,
} from "../../../sandbox/tour/people";
import { ManyAccounts } from "../deploy/many-accounts";
import { KilledStack } from "../recover/killed-stack";
import { mails, secretsIn, watchAccount } from "./everything-told";
import { leaks, type Planted, type Told } from "./forms";
import { pulumiLogsIn } from "./pulumi-logs";
import { filesIn, Watched } from "./watched";

const bastionId = "111111111111";
const onCall = "oncall@example.org";

/** Letters that change in every form, and a core that stands nowhere else. */
const secretOf = (what: string): string => `Pl4nt3d "&<>'/+=% ${what} 8f3a61c2`;

const passphrase = secretOf("passphrase");
const passphraseInFile = secretOf("passphrase in a file");
const planted = {
  passphrase,
  "passphrase in a file": passphraseInFile,
  "wrong passphrase": secretOf("wrong passphrase"),
  "wrong key": "Pl4ntEdWrongKey/8f3a61c2d9+abcdefghijklm",
  "wrong token": `IQoJPl4nt3dWrongT0ken${"8f3a61c2d9/+".repeat(9)}==`,
  "key in a file": "Pl4ntEdKeyInAFile/8f3a61c2d9+abcdefghijk",
  "web identity token": "eyJPl4nt3dHe4der.eyJPl4nt3dCl41ms.Pl4nt3dS1gn",
  "password in a stack file": "Pl4nt3d-password-in-a-stack-file-8f3a61c2",
  "text on the way": secretOf("in the middle of a client's config"),
} as const;

/** Credentials that nobody has given out. */
const wrong = {
  AWS_SECRET_ACCESS_KEY: planted["wrong key"],
  AWS_SESSION_TOKEN: planted["wrong token"],
};

const users = (keys: string, more = ""): string => `config:
  bastion-account:stack: bastion
  bastion-account:helpDesk: { team: support }
  bastion-account:everybody:
    - { roles: [ReadOnly], accounts: all }
  bastion-account:teams:
    operations: { grants: [{ roles: [OpsSudo], accounts: all }] }
    support: { grants: [] }
  bastion-account:users:
    ada: { teams: [operations], pgpKey: ${keys} }
    bashir:
    chen: { teams: [support] }
${more}`;

/** What is printed and written from the first deployment to the last report. */
describe("a secret, wherever it comes up,", () => {
  let project: ManyAccounts;
  let folder: string;
  let environment: Readonly<Record<string, string | undefined>>;
  let publicKey: string;
  let watched: Watched;
  let further: Planted[];
  const told: Told[] = [];

  const keep = (where: string, { stdout, stderr }: Finished): void => {
    told.push({ where, bytes: Buffer.from(`${stdout}\n${stderr}`) });
  };
  const within = (name: string): string => join(folder, name);

  /** Runs a command as npm does, and keeps what it prints. */
  const npm = async (
    [name = "", ...args]: readonly string[],
    other: Readonly<Record<string, string | undefined>> = {},
  ): Promise<Finished> => {
    const isDeploy = name === "deploy" || name === "preview";
    const file = `commands/${isDeploy ? "deploy" : name}/command.ts`;
    const command = [file, ...(isDeploy ? [name] : []), ...args];
    const finished = await run(
      process.execPath,
      ["-r", "./infra/start", ...command],
      { cwd: checkout, environment: { ...environment, ...other } },
    );
    keep(`npm run ${name} -- ${args.join(" ")}`, finished);
    return finished;
  };
  const pulumi = async (
    args: readonly string[],
    other: Readonly<Record<string, string>> = {},
  ): Promise<Finished> => {
    const { cli } = project.sandbox.workspace.engine;
    const finished = await run(cli, ["--non-interactive", ...args], {
      cwd: project.folder,
      environment: { ...environment, ...other },
    });
    keep(`pulumi ${args.join(" ")}`, finished);
    return finished;
  };
  const fine = ({ code, stdout, stderr }: Finished): void => {
    assert.equal(code, 0, stdout + stderr);
  };
  const inProject = () => ["--project", project.folder];
  const some = ["--only", "bastion,shop-dev"];

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "planted "));
    for (const name of ["home", "pulumi home", "temporary"]) {
      mkdirSync(within(name));
    }
    const alarm = { enabled: true, emails: [onCall], regions: ["us-east-1"] };
    project = await ManyAccounts.start({
      absent: "network",
      alarm: JSON.stringify(alarm),
    });
    const pair = await generateKey({
      userIDs: [{ name: "Ada" }],
      passphrase: secretOf("PGP passphrase"),
      format: "object",
    });
    publicKey = Buffer.from(pair.publicKey.write()).toString("base64");
    project.writeFile("Pulumi.bastion.yaml", users(publicKey));
    project.writeFile(
      ".github/rules.json",
      JSON.stringify({
        organisation: {
          accounts: [...project.ids.values()],
          administratorRoles: ["OpsSudo", "HelpDesk"],
        },
      }),
    );
    environment = {
      ...project.environment,
      HOME: within("home"),
      TMPDIR: within("temporary"),
      PULUMI_HOME: within("pulumi home"),
      PULUMI_CONFIG_PASSPHRASE: passphrase,
      AWS_SESSION_TOKEN: undefined,
      AWS_PROFILE: undefined,
    };
    further = Object.entries(planted).map(([what, secret]) => ({
      what,
      secret,
    }));
    watched = new Watched(within("temporary"));
  });

  after(async () => {
    watched.end();
    await project.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it("is used by deployments, by Pulumi's own commands and by what mends them", async () => {
    fine(await npm(["preview", ...inProject(), ...some]));
    fine(await npm(["deploy", ...inProject(), "--only", "bastion"]));
    const ofBastion = ["--stack", "bastion"];
    fine(await pulumi(["preview", ...ofBastion, "--diff"]));
    fine(await pulumi(["preview", ...ofBastion, "--json"]));
    fine(await pulumi(["stack", "export", ...ofBastion]));
    fine(await pulumi(["stack", "output", ...ofBastion, "--json"]));
    const exported = within("export.json");
    fine(await pulumi(["stack", "export", ...ofBastion, "--file", exported]));
    fine(
      await pulumi([
        ...["policy", "analyze", "--file", exported],
        ...["--policy-pack", join(checkout, "policy-pack")],
        ...["--policy-pack-config", join(project.folder, ".github/rules.json")],
      ]),
    );
    await pulumi(["up", "--yes", ...ofBastion], {
      PULUMI_CONFIG_PASSPHRASE: planted["wrong passphrase"],
    });
    writeFileSync(within("passphrase"), passphraseInFile);
    fine(
      await npm(["deploy", ...inProject(), "--only", "shop-stage"], {
        PULUMI_CONFIG_PASSPHRASE: undefined,
        PULUMI_CONFIG_PASSPHRASE_FILE: within("passphrase"),
      }),
    );
  });

  it("is used by people, whose calls the trail tells of", async () => {
    const { aws } = project.sandbox;
    await watchAccount(aws, bastionId);
    await confirmMails(aws.endpoint, onCall);
    const iam = await administratorOf(aws, bastionId);
    const file = readStackFile("bastion", project.folder);
    const { user: chen } = await signInFirstTime(aws, file, iam, "chen");
    const desk = await chen.person.takeRole(
      chen.withMfa,
      bastionId,
      "HelpDesk",
    );
    const bashir = new Person(aws, bastionId, "bashir");
    await bashir.receivePassword(new IAM(clientConfig(aws, desk)));
    await bashir.enrolMfa(await bashir.signInFirst());
    const session = await bashir.signInWithMfa();
    const own = new IAM(clientConfig(aws, session));
    await own.changePassword({
      OldPassword: "Own-password-of-bashir-2?",
      NewPassword: secretOf("third password"),
    });
    further.push(
      ...["bashir", "chen"].flatMap((name) => [
        { what: "a first password", secret: `First-password-of-${name}-1!` },
        { what: "a second password", secret: `Own-password-of-${name}-2?` },
      ]),
    );
    await bashir.openSession(await bashir.makeAccessKey(session));
  });

  it("is used where a deployment was cut off", async () => {
    project.writeFile(
      "Pulumi.bastion.yaml",
      users(publicKey, "    dolores:\n"),
    );
    const { sandbox } = project;
    const { engine } = sandbox.workspace;
    const workspace = {
      ...sandbox.workspace,
      engine: {
        ...engine,
        environment: {
          ...engine.environment,
          PULUMI_HOME: within("pulumi home"),
        },
      },
      environment: {
        ...sandbox.workspace.environment,
        PULUMI_CONFIG_PASSPHRASE: passphrase,
      },
    };
    const stack = { flags: ["--stack", "bastion"] };
    const killed = new KilledStack(
      { ...sandbox, workspace },
      stack,
      project.folder,
    );
    const cut = { call: "CreateUser", moment: "done" } as const;
    assert.ok((await killed.deploy(["up"], cut)).isCut);
    const bastion = [...inProject(), "--only", "bastion"];
    assert.equal((await npm(["deploy", ...bastion])).code, 1);
    const recover = ["recover", "--stack", "bastion", ...inProject()];
    await npm([...recover, "--yes"]);
    const unlocked = [...recover, "--yes", "--lift-lock"];
    assert.notEqual((await npm(unlocked, wrong)).code, 0);
    fine(await npm(unlocked));
    fine(await npm(["deploy", ...bastion, "--recover"]));
  });

  it("is used by what reads the accounts, and by what sets up clients", async () => {
    const file = within("config");
    writeFileSync(
      file,
      [
        "[default]",
        `aws_secret_access_key = ${planted["key in a file"]}`,
        "# >>> bastion-account: ada",
        `aws_session_token = ${planted["text on the way"]}`,
        "# <<< bastion-account: ada",
        "",
      ].join("\n"),
    );
    const page = within("report.html");
    for (const form of [[], ["--json"], ["--sarif"], ["--html", page]]) {
      await npm(["verify", ...form]);
    }
    await npm(["adopt", ...inProject()]);
    await npm(["revoke", ...inProject(), "bashir"]);
    // It works on the checkout's own project: ada stands in the committed stack file.
    fine(await npm(["client-config", "ada", "--yes", "--file", file]));
    fine(await npm(["client-config", "--page", within("pages")]));
    rmSync(file);
  });

  it("is wrong, or stands where it does not belong", async () => {
    writeFileSync(within("token"), planted["web identity token"]);
    const byToken = ["--role", "pipeline-audit", "--token-file"];
    const commands = [
      ["verify", "--json"],
      ["adopt", ...inProject()],
      ["revoke", ...inProject(), "bashir"],
    ];
    const recover = ["recover", "--stack", "bastion", ...inProject(), "--yes"];
    writeFileSync(
      within("home/credentials"),
      `[default]\naws_secret_access_key = ${planted["key in a file"]}\naws_session_token ${planted["wrong token"]}\n`,
    );
    const ofFile = {
      AWS_ACCESS_KEY_ID: undefined,
      AWS_SECRET_ACCESS_KEY: undefined,
      AWS_SHARED_CREDENTIALS_FILE: within("home/credentials"),
    };
    for (const command of commands) {
      assert.notEqual((await npm(command, wrong)).code, 0);
      assert.notEqual((await npm(command, ofFile)).code, 0);
    }
    // Where nothing is left open, it asks AWS nothing.
    await npm(recover, wrong);
    rmSync(within("home/credentials"));
    for (const path of [within("token"), planted["web identity token"]]) {
      assert.notEqual((await npm(["verify", ...byToken, path])).code, 0);
    }
    // The search finds what is there.
    assert.deepEqual(leaks(filesIn(folder), further).toSorted(), [
      `passphrase in a file in ${within("passphrase")}`,
      `web identity token in ${within("token")}`,
    ]);
    rmSync(within("token"));
    const text = planted["password in a stack file"];
    for (const entry of [
      `{ password: ${text} }`,
      `{ pgpKey: ${text} }`,
      `{ password: !${text} }`,
      `{ pgpKey: *${text} }`,
    ]) {
      project.writeFile(
        "Pulumi.bastion.yaml",
        users(publicKey, `    eve: ${entry}\n`),
      );
      for (const command of [
        ["preview", ...inProject(), "--only", "bastion"],
        ["adopt", ...inProject()],
        ["revoke", ...inProject(), "bashir"],
      ]) {
        assert.notEqual((await npm(command)).code, 0, entry);
      }
    }
    project.writeFile("Pulumi.bastion.yaml", users(publicKey));
    rmSync(within("passphrase"));
  });

  it("stands in nothing that was printed, written, sent or passed on", async () => {
    const { aws, workspace } = project.sandbox;
    const files = [project.folder, folder, workspace.folder].flatMap(filesIn);
    const letters = await mails(aws, onCall);
    const seen = watched.end();
    assert.ok(files.length > 20, `${files.length} files`);
    assert.ok(letters.length > 20, `${letters.length} mails`);
    assert.ok(seen.length > 20, `${seen.length} of what passed`);
    const logs = pulumiLogsIn(within("pulumi home"));
    assert.ok(logs.packed.length > 10, `${logs.packed.length} packed logs`);
    assert.ok(logs.encrypted.length > 5, `${logs.encrypted.length} encrypted`);
    assert.deepEqual(logs.unknown, []);
    const secrets = [
      ...further,
      ...secretsIn(aws),
      {
        what: "the deployment's key",
        secret: aws.deployment.secretAccessKey,
      },
    ].filter(({ secret }) => secret.length > 8);
    assert.ok(secrets.length > 60, `${secrets.length} secrets`);
    const all = [...told, ...files, ...letters, ...seen];
    const found = leaks(all, secrets).filter((leak) => !isTyped(leak));
    assert.deepEqual([...new Set(found)], []);
  });

  /** Who types a token for its file has it among the arguments. */
  const isTyped = (leak: string): boolean =>
    leak.startsWith("web identity token in the arguments of");
});
