/**
 * `npm run sandbox`: keeps both stacks deployed, and tells how to use Pulumi, the AWS CLI and the
 * project's commands on them; with `--messy` it keeps an account instead that is to be taken over.
 */
import { copyFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { checkout } from "./engine/paths";
import { nameIn } from "./aws/arn";
import { makeGrownAccount } from "./grown-account/make";
import { age, messyAccount } from "./grown-account/messy";
import { outliveReaders } from "./outlive-readers";
import { codesOf } from "./page/codes";
import { Journal } from "./page/journal";
import { startPage } from "./page/server";
import { readStackFile, workloadStacks } from "./project";
import { startSandbox, type Sandbox } from "./sandbox";
import { shellOptions, usage, type ShellOptions } from "./shell-options";
import { quoted } from "./shell-quotes";
import { changedFiles, projectFiles } from "./shell/changed-files";
import { shellFolder, writeSetUps } from "./shell/files";
import { deployerLines, faultLines, setUpLines, userLines } from "./shell/tell";
import { makeReady } from "./shell/users";
import { administratorOf } from "./tour/people";
import { heading, plain, quiet } from "./tour/report";
import { listBuckets } from "./tour/requests";
import { untilStopped, type Stop } from "./until-stopped";

const say = (...lines: readonly string[]) => {
  for (const line of lines) console.log(line);
};

async function serve(options: ShellOptions): Promise<void> {
  const journal = new Journal();
  const sandbox = await startSandbox({
    progress: (line) => {
      say(quiet(line));
    },
    onDecided: journal.add,
  });
  await untilStopped(sandbox, (stop) => offer(sandbox, journal, options, stop));
}

async function offer(
  sandbox: Sandbox,
  journal: Journal,
  { messy, faults }: ShellOptions,
  stop: Promise<Stop>,
): Promise<void> {
  await (messy ? offerTakeOver(sandbox) : offerStacks(sandbox));
  sandbox.aws.faults.set(faults);
  // What was done until here is not the person's.
  journal.clear();
  const files = projectFiles();
  const page = await startPage(sandbox.aws.cloud, journal);
  say(
    ...faultLines(faults),
    heading(`Look on: ${page.address}`),
    quiet("accounts, users with their MFA codes, and each call with the"),
    quiet("statement that decided it, as it comes"),
  );
  say("", quiet("Enter prints the codes of now. Ctrl-C stops the sandbox."));
  process.stdin.on("data", () => {
    tellCodes(sandbox);
  });
  await stop;
  await page.close();
  const changed = changedFiles(files, projectFiles()).join(" ");
  if (changed !== "") {
    say("", plain("Changed while the sandbox ran, and left as they are:"));
    say(`git diff -- ${changed}`);
  }
}

async function offerStacks(sandbox: Sandbox): Promise<void> {
  for (const name of ["bastion", ...workloadStacks()]) {
    say(heading(`pulumi up --stack ${name}`));
    const stack = await sandbox.stack(name);
    await stack.up("--suppress-outputs");
    say(quiet("deployed"));
  }
  say(heading("Users sign in, enrol MFA and make their access keys"));
  const users = await makeReady(sandbox);
  say(quiet(users.map(({ name }) => name).join(", ")));
  const setUps = writeSetUps(
    sandbox,
    users.flatMap(({ name, key }) =>
      key === undefined ? [] : [{ name, key }],
    ),
  );
  say(...setUpLines(setUps[0]), ...deployerLines, ...userLines(setUps));
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
  const [setUp] = writeSetUps(sandbox, []);
  const project = join(shellFolder(sandbox), "take-over");
  mkdirSync(project, { recursive: true });
  copyFileSync(join(checkout, "Pulumi.yaml"), join(project, "Pulumi.yaml"));
  say(
    ...setUpLines(setUp),
    heading("Then, as whoever deploys"),
    `npm run adopt -- --project ${quoted(project)} --out ${quoted(project)}`,
    quiet("It proposes, and changes nothing but that folder. To go on, follow"),
    quiet("docs/take-over.md: that works with the files of this checkout."),
  );
}

function tellCodes({ aws }: Sandbox): void {
  for (const { serial, digits, isUsed } of codesOf(aws.cloud)) {
    say(`${nameIn(serial)}: ${digits}${isUsed ? ", used already" : ""}`);
  }
}

outliveReaders();
const options = shellOptions(process.argv.slice(2), process.env);

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
