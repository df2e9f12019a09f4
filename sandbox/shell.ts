/** `npm run sandbox`: keeps both stacks deployed, and tells how to use the AWS CLI on them. */
import { once } from "node:events";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { workFolder } from "./engine/paths";
import { codeFor } from "./aws/totp";
import { startSandbox, type Sandbox } from "./sandbox";
import { removeFolder } from "./stack";
import { readStackFile } from "./project";
import { signInFirstTime } from "./tour/first-sign-in";
import { assignmentsOf, isGranted } from "./tour/expected";
import { administratorOf, type ClientCredentials } from "./tour/people";
import { heading, quiet } from "./tour/report";

const say = (line: string) => {
  console.log(line);
};

const folder = join(workFolder, "shell");

/** A user who is ready to work: their key is in the credentials file. */
interface Ready {
  readonly name: string;
  readonly mfaSeed: string;
  readonly key: ClientCredentials;
}

async function serve(): Promise<void> {
  const sandbox = await startSandbox({
    progress: (line) => {
      say(quiet(line));
    },
  });
  for (const name of ["bastion", "workload"]) {
    say(heading(`pulumi up --stack ${name}`));
    const stack = await sandbox.stack(name);
    await stack.up("--suppress-outputs");
    say(quiet("deployed"));
  }
  say(heading("Users sign in, enrol MFA and make their access keys"));
  const ready = await makeReady(sandbox);
  writeFiles(ready);
  tell(sandbox, ready);
  await stopped();
  await sandbox.close();
  removeFolder(folder);
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
    const { user } = await signInFirstTime(aws, stackFile, administrator, name);
    const { person, withoutMfa } = user;
    ready.push({ name, mfaSeed: person.mfaSeed, key: withoutMfa });
    say(quiet(name));
  }
  return ready;
}

/** An AWS CLI's two files, with a profile for each user and each role that the user may take. */
function writeFiles(ready: readonly Ready[]): void {
  const stackFile = readStackFile("bastion");
  const config = ready.flatMap(({ name }) => [
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
  const credentials = ready.flatMap(({ name, key }) => [
    `[${name}]`,
    `aws_access_key_id = ${key.accessKeyId}`,
    `aws_secret_access_key = ${key.secretAccessKey}`,
    "",
  ]);
  mkdirSync(folder, { recursive: true });
  write("config", config.join("\n"));
  write("credentials", credentials.join("\n"));
}

function write(file: string, text: string): void {
  writeFileSync(join(folder, file), text);
  chmodSync(join(folder, file), 0o600);
}

function tell({ aws, workspace }: Sandbox, ready: readonly Ready[]): void {
  const first = ready[0]?.name ?? "";
  say(heading("Paste this into a shell"));
  for (const [name, value] of Object.entries({
    AWS_ENDPOINT_URL: aws.endpoint,
    AWS_CONFIG_FILE: join(folder, "config"),
    AWS_SHARED_CREDENTIALS_FILE: join(folder, "credentials"),
    ...workspace.environment,
  })) {
    say(`export ${name}='${value}'`);
  }
  say(heading("Then, with AWS CLI 2.13 or 1.29 and newer"));
  say(`aws --profile ${first} iam list-users              # denied: no MFA`);
  say(`aws --profile ${first}-dev-readonly s3 ls          # asks for a code`);
  say(
    quiet(
      "Enter here prints each user's current code; Ctrl-C stops the sandbox.",
    ),
  );
  process.stdin.on("data", () => {
    for (const { name, mfaSeed } of ready) {
      say(`${name}: ${codeFor(mfaSeed, aws.clock.now())}`);
    }
  });
}

const stopped = (): Promise<unknown> =>
  Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")]);

serve().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
