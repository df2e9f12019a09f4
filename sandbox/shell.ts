/**
 * `npm run sandbox`: keeps both stacks deployed, and tells how to use the AWS CLI and the project's
 * commands on them; with `--messy` it keeps an account instead that is to be taken over.
 */
import { once } from "node:events";
import { copyFileSync, chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { checkout } from "./engine/paths";
import { codeFor } from "./aws/totp";
import { makeGrownAccount } from "./grown-account/make";
import { age, messyAccount } from "./grown-account/messy";
import { startSandbox, type Sandbox } from "./sandbox";
import { readStackFile, workloadStacks } from "./project";
import { shellOptions, usage, type ShellOptions } from "./shell-options";
import { signInFirstTime } from "./tour/first-sign-in";
import { assignmentsOf, isGranted } from "./tour/expected";
import { administratorOf, type ClientCredentials } from "./tour/people";
import { heading, quiet } from "./tour/report";
import { listBuckets } from "./tour/requests";

const say = (line: string) => {
  console.log(line);
};

/** Of this sandbox alone: another may run in the same checkout. */
const folderOf = ({ workspace }: Sandbox): string =>
  join(workspace.folder, "shell");

/** The profile of the identity that deploys, in the management account. */
const deployment = "deployment";

/** The profile of the organisation's administrator, who sets service control policies. */
const organisation = "organisation";

/**
 * Seconds ago that each user signed in first: longer than it takes, so that none of the codes that
 * it uses up is one that an authenticator shows now.
 */
const firstSignIn = 10 * 60;

/** A user who is ready to work: their key is in the credentials file. */
interface Ready {
  readonly name: string;
  readonly mfaSeed: string;
  readonly key: ClientCredentials;
}

async function serve({ messy, faults }: ShellOptions): Promise<void> {
  const sandbox = await startSandbox({
    progress: (line) => {
      say(quiet(line));
    },
  });
  await (messy ? offerTakeOver(sandbox) : offerStacks(sandbox));
  sandbox.aws.faults.set(faults);
  // Listens before it says so: whoever is quick would end it with its files, and keys, left behind.
  const isStopped = stopped();
  say(quiet("Ctrl-C stops the sandbox."));
  await isStopped;
  await sandbox.close();
}

async function offerStacks(sandbox: Sandbox): Promise<void> {
  for (const name of ["bastion", ...workloadStacks()]) {
    say(heading(`pulumi up --stack ${name}`));
    const stack = await sandbox.stack(name);
    await stack.up("--suppress-outputs");
    say(quiet("deployed"));
  }
  say(heading("Users sign in, enrol MFA and make their access keys"));
  const ready = await makeReady(sandbox);
  writeFiles(sandbox, ready);
  tellEnvironment(sandbox);
  tell(sandbox, ready);
}

/** The project's files without a stack file, as before a take-over. */
async function offerTakeOver(sandbox: Sandbox): Promise<void> {
  const { bastionAccountId: id } = readStackFile("bastion");
  say(heading(`An account that has grown for years: ${id}`));
  const administrator = await administratorOf(sandbox.aws, id);
  const keys = await sandbox.aws.clock.inThePast(age, () =>
    makeGrownAccount(administrator, messyAccount(id)),
  );
  // As it does all day: a key that is never used is no program's.
  const buildServer = keys.get("build-server");
  if (buildServer !== undefined) await listBuckets(sandbox.aws, buildServer);
  writeFiles(sandbox, []);
  const project = join(folderOf(sandbox), "take-over");
  mkdirSync(project, { recursive: true });
  copyFileSync(join(checkout, "Pulumi.yaml"), join(project, "Pulumi.yaml"));
  tellEnvironment(sandbox);
  say(heading("Then, as whoever deploys"));
  say(`npm run adopt -- --project '${project}' --out '${project}'`);
}

/** The users who may have an access key. */
async function makeReady({ aws }: Sandbox): Promise<readonly Ready[]> {
  const stackFile = readStackFile("bastion");
  const administrator = await administratorOf(aws, stackFile.bastionAccountId);
  const names = Object.entries(stackFile.users)
    .filter(([, user]) => user?.programmaticAccess !== false)
    .map(([name]) => name);
  const ready: Ready[] = [];
  for (const name of names) {
    const { user } = await aws.clock.inThePast(firstSignIn, () =>
      signInFirstTime(aws, stackFile, administrator, name),
    );
    const { person, withoutMfa } = user;
    ready.push({ name, mfaSeed: person.mfaSeed, key: withoutMfa });
    say(quiet(`${name}, whose authenticator's key is ${person.mfaSeed}`));
  }
  return ready;
}

/** An AWS CLI's two files, with a profile for each user and each role that the user may take. */
function writeFiles(sandbox: Sandbox, ready: readonly Ready[]): void {
  const { aws } = sandbox;
  const folder = folderOf(sandbox);
  const stackFile = readStackFile("bastion");
  const users = ready.flatMap(({ name }) => [
    `[profile ${name}]`,
    "region = us-east-1",
    "",
    ...assignmentsOf(stackFile)
      .filter((assignment) => isGranted(stackFile, name, assignment))
      .flatMap(({ account, accountId, role }) => [
        `[profile ${name}-${account}-${role.toLowerCase()}]`,
        "region = us-east-1",
        `source_profile = ${name}`,
        `role_arn = arn:aws:iam::${accountId}:role/${role}`,
        `role_session_name = ${name}`,
        `mfa_serial = arn:aws:iam::${stackFile.bastionAccountId}:mfa/phone-of-${name}`,
        "",
      ]),
  ]);
  const managers = [
    { name: deployment, key: aws.deployment },
    { name: organisation, key: aws.organizationAdministrator },
  ];
  const config = [
    ...managers.flatMap(({ name }) => [
      `[profile ${name}]`,
      "region = us-east-1",
      "",
    ]),
    ...users,
  ];
  const keys = [...managers, ...ready];
  const credentials = keys.flatMap(({ name, key }) => [
    `[${name}]`,
    `aws_access_key_id = ${key.accessKeyId}`,
    `aws_secret_access_key = ${key.secretAccessKey}`,
    "",
  ]);
  mkdirSync(folder, { recursive: true });
  write(join(folder, "config"), config.join("\n"));
  write(join(folder, "credentials"), credentials.join("\n"));
}

function write(file: string, text: string): void {
  writeFileSync(file, text);
  chmodSync(file, 0o600);
}

function tellEnvironment(sandbox: Sandbox): void {
  const { aws, workspace } = sandbox;
  const folder = folderOf(sandbox);
  say(heading("Paste this into a shell"));
  for (const [name, value] of Object.entries({
    AWS_ENDPOINT_URL: aws.endpoint,
    AWS_CONFIG_FILE: join(folder, "config"),
    AWS_SHARED_CREDENTIALS_FILE: join(folder, "credentials"),
    AWS_PROFILE: deployment,
    ...workspace.environment,
  })) {
    say(`export ${name}='${value}'`);
  }
}

function tell({ aws }: Sandbox, ready: readonly Ready[]): void {
  const first = ready[0]?.name ?? "";
  say(heading("Then, as whoever deploys"));
  say("npm run verify");
  say(heading("Or as a user, with AWS CLI 2.13 or 1.29 and newer"));
  say(`aws --profile ${first} iam list-users              # denied: no MFA`);
  say(`aws --profile ${first}-dev-readonly s3 ls          # asks for a code`);
  say(quiet("Enter here prints each user's current code."));
  process.stdin.on("data", () => {
    for (const { name, mfaSeed } of ready) {
      say(`${name}: ${codeFor(mfaSeed, aws.clock.now())}`);
    }
  });
}

const stopped = (): Promise<unknown> =>
  Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")]);

const options = shellOptions(process.argv.slice(2));

if (typeof options === "string") {
  console.error(options);
  process.exitCode = 2;
} else if (options.help) {
  say(usage);
} else {
  serve(options).then(
    () => process.exit(0),
    (error: unknown) => {
      console.error(error instanceof Error ? error.message : error);
      process.exit(1);
    },
  );
}
