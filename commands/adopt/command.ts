import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline/promises";
import { parseArgs } from "node:util";
import { explained } from "../accounts/explained";
import { ProjectError, readProject, type Project } from "./project";
import { filesOf, tellStanding } from "./report";
import { isDone, TakeOver, type Standing } from "./take-over";

const usage = `Usage: npm run adopt -- [options]

Reads the account that is to become the bastion, and proposes how to take it over: the stack's
config, a file for pulumi import, and what must go, in an order that locks nobody out.
Nothing is changed without --apply.

  --stack <name>          the bastion's stack (default: bastion)
  --project <folder>      where Pulumi.yaml is (default: here)
  --out <folder>          write the stack's config and the import file there; left out: print them
  --apply                 remove what is proven to be no longer needed
  --yes                   do not ask before removing; needed where there is no terminal
  --key-age <days>        how old an access key may be (default: 90)
  --keep <name>           leave this user, group or role as it is; may be repeated
  --accept-less <user>    this user may end up with less than now; may be repeated
  --help                  this text

Exit code: 0 nothing is left to do, 1 something is, 2 it could not be found out.
`;

function readOptions(args: readonly string[]) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      stack: { type: "string", default: "bastion" },
      project: { type: "string", default: "." },
      out: { type: "string" },
      apply: { type: "boolean", default: false },
      yes: { type: "boolean", default: false },
      "key-age": { type: "string", default: "90" },
      keep: { type: "string", multiple: true, default: [] },
      "accept-less": { type: "string", multiple: true, default: [] },
      help: { type: "boolean", default: false },
    },
  });
  if (!/^\d{1,4}$/.test(values["key-age"])) {
    throw new ProjectError(
      `--key-age: expected a number of days, found ${values["key-age"]}`,
    );
  }
  return values;
}

/** npm runs a script in the project's folder; a path is meant from where it was typed. */
const fromCaller = (path: string): string =>
  resolve(process.env["INIT_CWD"] ?? "", path);

type Options = ReturnType<typeof readOptions>;

async function adopt(options: Options): Promise<number> {
  const project = readProject(fromCaller(options.project), options.stack);
  const takeOver = new TakeOver(project, {
    keyAgeInDays: Number(options["key-age"]),
    keep: new Set(options.keep),
    acceptLess: new Set(options["accept-less"]),
    progress: (line) => {
      process.stderr.write(`${line}\n`);
    },
  });
  const before = await takeOver.standing();
  process.stdout.write(`${tellStanding(before, project)}\n`);
  giveFiles(before, project, options.out);
  if (!options.apply) return isDone(before) ? 0 : 1;
  const ready = before.steps.filter(({ waitsFor }) => waitsFor.length === 0);
  if (ready.length === 0) {
    process.stdout.write("Nothing can be removed now.\n");
    return isDone(before) ? 0 : 1;
  }
  if (!(await isAgreed(options.yes))) return 1;
  const removed = await takeOver.apply();
  const after = await takeOver.standing();
  process.stdout.write(
    `\n${removed.length} removed.\n\n${tellStanding(after, project)}\n`,
  );
  return isDone(after) ? 0 : 1;
}

function giveFiles(
  { arrivals: { proposal } }: Standing,
  project: Project,
  folder: string | undefined,
): void {
  if (proposal === undefined) return;
  const names = filesOf(project);
  const importText = `${JSON.stringify(proposal.importFile, null, 2)}\n`;
  if (folder === undefined) {
    process.stdout.write(
      `--- ${names.stackFile}\n${proposal.stackFile}\n--- ${names.importFile}\n${importText}`,
    );
    return;
  }
  const target = fromCaller(folder);
  mkdirSync(target, { recursive: true });
  writeFileSync(join(target, names.stackFile), proposal.stackFile);
  writeFileSync(join(target, names.importFile), importText);
  process.stdout.write(
    `Written to ${target}: ${names.stackFile}, ${names.importFile}\n`,
  );
}

async function isAgreed(yes: boolean): Promise<boolean> {
  if (yes) return true;
  if (!process.stdin.isTTY) {
    process.stderr.write(
      "Nothing was removed: there is no terminal to ask on, so --apply needs --yes.\n",
    );
    return false;
  }
  const terminal = createInterface({
    input: process.stdin,
    output: process.stdout,
  });
  const answer = await terminal.question(
    'Remove what "can go", stage by stage? (yes/no) ',
  );
  terminal.close();
  return answer.trim().toLowerCase() === "yes";
}

async function main(): Promise<number> {
  try {
    const options = readOptions(process.argv.slice(2));
    if (options.help) {
      process.stdout.write(usage);
      return 0;
    }
    return await adopt(options);
  } catch (error) {
    process.stderr.write(`${explained(error)}\n`);
    return 2;
  }
}

void main().then((code) => {
  process.exitCode = code;
});
