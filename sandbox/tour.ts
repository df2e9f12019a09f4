/**
 * `npm start`: deploys both stacks into an AWS on this machine under the policy pack, tries every
 * assignment, and shows another team's stack stopped.
 */
import { outliveReaders } from "./outlive-readers";
import { underPolicyPackFor } from "./policy-pack";
import { startSandbox, type Sandbox } from "./sandbox";
import { readStackFile, workloadStacks, type StackFile } from "./project";
import { previewOfAnotherTeam } from "./tour/another-team";
import { signInFirstTime } from "./tour/first-sign-in";
import { check, isAsExpected, type Check } from "./tour/checks";
import {
  assignmentsOf,
  isGranted,
  isYoungEnough,
  mayChangeKeys,
  type Assignment,
} from "./tour/expected";
import {
  examplesTold,
  furtherAccounts,
  tryMachines,
  withExamples,
  workloadText,
} from "./tour/machines";
import {
  tryEveryAssignment,
  tryForbidden,
  tryRole,
  type SignedInUser,
  type Row,
} from "./tour/matrix";
import { administratorOf } from "./tour/people";
import { findingsIn, isNews, shortened } from "./tour/pulumi-lines";
import {
  checkTable,
  heading,
  legend,
  matrixTable,
  plain,
  quiet,
  verdict,
} from "./tour/report";
import { untilStopped, type Stop } from "./until-stopped";

const say = (line: string) => {
  console.log(line);
};

/** Whether Pulumi's lines are shown as they come. */
const pulumi = { isShown: true };

/** Hours after MFA was given, at which everything is tried again. */
const later = [1, 12];

async function tour(): Promise<boolean | Stop> {
  const began = Date.now();
  say(heading("Looking for the Pulumi engine"));
  const sandbox = await startSandbox({
    progress: (line) => {
      say(quiet(line));
    },
    onLine: (line) => {
      if (pulumi.isShown && isNews(line)) say(quiet(shortened(line)));
    },
    furtherAccounts,
  });
  return untilStopped(sandbox, async () => {
    const { engine } = sandbox.workspace;
    say(quiet(`pulumi ${engine.version}, ${engine.origin}`));
    say(quiet(`AWS on this machine: ${sandbox.aws.endpoint}`));
    const stackFile = withExamples(readStackFile("bastion"));
    const pack = underPolicyPackFor(stackFile, sandbox.workspace.folder);
    await deploy(sandbox, stackFile, pack);
    const { rows, checks } = await tryEverything(sandbox, stackFile);
    const good = report(rows, checks, began);
    return (await showStopped(sandbox, stackFile, pack)) && good;
  });
}

/** @param pack what has Pulumi judge a stack */
async function deploy(
  sandbox: Sandbox,
  stackFile: StackFile,
  pack: readonly string[],
): Promise<void> {
  for (const name of ["bastion", ...workloadStacks()]) {
    say(heading(`pulumi up --stack ${name} --policy-pack policy-pack`));
    const stack = await (name === "bastion"
      ? sandbox.stack(name)
      : sandbox.stack(name, workloadText(name, stackFile)));
    await stack.up("--suppress-outputs", ...pack);
  }
}

interface Attempts {
  readonly rows: readonly Row[];
  readonly checks: readonly Check[];
}

async function tryEverything(
  { aws }: Sandbox,
  stackFile: StackFile,
): Promise<Attempts> {
  const administrator = await administratorOf(aws, stackFile.bastionAccountId);
  const rows: Row[] = [];
  const checks: Check[] = [];
  const signedIn: SignedInUser[] = [];
  for (const name of Object.keys(stackFile.users)) {
    say(heading(`${name}: first sign-in, MFA, then every role`));
    const { user, checks: seen } = await signInFirstTime(
      aws,
      stackFile,
      administrator,
      name,
    );
    signedIn.push(user);
    checks.push(...seen);
    const tried = await tryEveryAssignment(user, stackFile);
    const open = tried.filter((row) => row.with.seen === "allowed");
    say(
      quiet(
        `${name} got into ${open.length} of ${tried.length} roles, with MFA`,
      ),
    );
    rows.push(...tried);
  }
  say(heading("What the roles may do, and what nobody may"));
  checks.push(...(await tryRoles(aws, stackFile, signedIn)));
  say(heading("Roles for machines and vendors"));
  const machines = await tryMachines(aws, stackFile);
  say(
    quiet(
      machines.length === 0 ? "none tried: no account has them" : examplesTold,
    ),
  );
  checks.push(...machines);
  return { rows, checks };
}

/** The roles, by somebody who has all three of the standard ones. */
async function tryRoles(
  aws: Sandbox["aws"],
  stackFile: StackFile,
  signedIn: readonly SignedInUser[],
): Promise<readonly Check[]> {
  const assignments = assignmentsOf(stackFile).filter(({ role }) =>
    ["ReadOnly", "PowerUser", "OpsSudo"].includes(role),
  );
  const operator = signedIn.find(({ person }) =>
    assignments.every((assignment) =>
      isGranted(stackFile, person.name, assignment),
    ),
  );
  const [first] = assignments;
  if (!operator || !first) return [];
  const checks: Check[] = [];
  for (const assignment of assignments)
    checks.push(...(await tryRole(aws, operator, assignment)));
  checks.push(...(await tryForbidden(aws, operator, first)));
  const began = aws.clock.now().getTime();
  for (const hours of later.filter((one) => one < operator.hours)) {
    const passed = (aws.clock.now().getTime() - began) / 1_000;
    aws.clock.advance(hours * 3_600 - passed);
    checks.push(...(await tryLater(stackFile, operator, assignments, hours)));
  }
  return checks;
}

/** What a session with MFA is still good for, when its MFA is no longer fresh. */
async function tryLater(
  stackFile: StackFile,
  { person, withMfa }: SignedInUser,
  assignments: readonly Assignment[],
  hours: number,
): Promise<readonly Check[]> {
  const seconds = hours * 3_600;
  const since = `${hours} h after giving MFA`;
  const allowedIf = (may: boolean) => (may ? "allowed" : "denied");
  const checks = [
    await check(
      `${person.name} makes an access key, ${since}`,
      allowedIf(mayChangeKeys(stackFile, seconds)),
      person.makeAccessKey(withMfa),
    ),
  ];
  for (const { account, accountId, role } of assignments) {
    checks.push(
      await check(
        `${person.name} takes ${role} in ${account}, ${since}`,
        allowedIf(isYoungEnough(stackFile, role, seconds)),
        person.takeRole(withMfa, accountId, role),
      ),
    );
  }
  return checks;
}

function report(
  rows: readonly Row[],
  checks: readonly Check[],
  began: number,
): boolean {
  say(heading("What was tried, and what came of it"));
  say(plain(legend));
  say(checkTable(checks));
  say(heading("Who gets in where"));
  say(matrixTable(rows));
  const all = [...rows.flatMap((row) => [row.without, row.with]), ...checks];
  const wrong = all.filter((one) => !isAsExpected(one));
  const seconds = Math.round((Date.now() - began) / 1_000);
  const good = wrong.length === 0 && rows.length > 0;
  say(
    verdict(
      good,
      wrong.length === 0
        ? `All ${all.length} attempts ended as the stack files say they should, in ${seconds} s.`
        : `${wrong.length} of ${all.length} attempts did not end as the stack files say they should.`,
    ),
  );
  return good;
}

/** The same rules, over a stack that breaks them: what they find is what is wanted here. */
async function showStopped(
  ...[sandbox, stackFile, pack]: Parameters<typeof previewOfAnotherTeam>
): Promise<boolean> {
  say(heading("pulumi preview --policy-pack, on another team's stack"));
  say(
    plain("It breaks the rules, so that it is to be stopped. What is found:"),
  );
  pulumi.isShown = false;
  const { isStopped, printed } = await previewOfAnotherTeam(
    sandbox,
    stackFile,
    pack,
  );
  const found = findingsIn(printed);
  const told = isStopped && found.length > 0 ? found : printed.split("\n");
  for (const line of told) say(quiet(line));
  say(
    verdict(
      isStopped,
      isStopped
        ? "The policy pack stopped it before anything was made, as it should."
        : "The policy pack should have stopped it, and did not.",
    ),
  );
  return isStopped;
}

const args = process.argv.slice(2);

outliveReaders();

if (args.length > 0) {
  console.error(
    `npm start takes no options, and not ${args.join(" ")}. npm run sandbox -- --help tells of those of the sandbox.`,
  );
  process.exitCode = 2;
} else {
  tour().then(
    (ended) => {
      if (typeof ended === "string") process.kill(process.pid, ended);
      else process.exitCode = ended ? 0 : 1;
    },
    (error: unknown) => {
      console.error(error instanceof Error ? error.message : error);
      process.exitCode = 1;
    },
  );
}
