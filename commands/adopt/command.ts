/** `npm run adopt`: says how an account is taken over, and removes what is superseded. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { defaultKeyAgeDays, keyAgeRange } from "../accounts/key-age";
import type { LiveAccount, LiveIdentity } from "../accounts/live-account";
import { refuseUnknownNames } from "../command-line/names";
import { fromCaller, parseOptions, wholeNumber } from "../command-line/options";
import { runCommand } from "../command-line/run";
import {
  ask,
  hasTerminal,
  progress,
  widthOfOutput,
} from "../command-line/terminal";
import { visibleLines } from "../formats/visible";
import { readProject, type Project } from "./project";
import { filesOf, standingText } from "./report";
import { canGo } from "./step";
import { defaultUsedWithinDays, usedWithinRange } from "./used-within";
import { isDone, TakeOver, type Standing } from "./take-over";

const usage = `Usage: npm run adopt -- [options]

Reads the account that is to become the bastion, and proposes how to take it
over: the stack's config, a file for pulumi import, and what must go, in an
order that locks nobody out. Nothing is changed without --apply.

  --stack <name>         the bastion's stack (default: bastion)
  --project <folder>     where Pulumi.yaml is (default: here)
  --out <folder>         write the stack's config and the import file there;
                         left out: print them
  --apply                remove what is proven to be no longer needed
  --yes                  do not ask before removing; needed without a terminal
  --key-age <days>       how old an access key may be (default: ${defaultKeyAgeDays})
  --used-within <days>   a role or a key that was used within so many days is in
                         use, and so is a role that was made within them
                         (default: ${defaultUsedWithinDays}; 0: no use counts)
  --keep <name>          leave this user, group or role as it is; repeatable
  --accept-less <user>   this user may end up with less than now; repeatable
  --accept-less-here     everybody may lose what they have in the bastion
                         itself, and in accounts that neither config nor
                         policies name
  --help                 this text

Exit code: 0 nothing is left to do, 1 something is, 2 it could not be found out.
`;

const readOptions = (args: readonly string[]) =>
  parseOptions({
    args: [...args],
    options: {
      stack: { type: "string", default: "bastion" },
      project: { type: "string", default: "." },
      out: { type: "string" },
      apply: { type: "boolean", default: false },
      yes: { type: "boolean", default: false },
      "key-age": { type: "string", default: String(defaultKeyAgeDays) },
      "used-within": { type: "string", default: String(defaultUsedWithinDays) },
      keep: { type: "string", multiple: true, default: [] },
      "accept-less": { type: "string", multiple: true, default: [] },
      "accept-less-here": { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  }).values;

type Options = ReturnType<typeof readOptions>;

async function adopt(options: Options): Promise<number> {
  const project = readProject(fromCaller(options.project), options.stack);
  const takeOver = new TakeOver(project, {
    keyAgeDays: wholeNumber("key-age", options["key-age"], keyAgeRange),
    usedWithinDays: wholeNumber(
      "used-within",
      options["used-within"],
      usedWithinRange,
    ),
    keep: new Set(options.keep),
    acceptLess: new Set(options["accept-less"]),
    acceptLessHere: options["accept-less-here"],
    progress,
  });
  const before = await takeOver.standing();
  refuseOthersNames(options, before.account);
  process.stdout.write(`${standingText(before, project, widthOfOutput())}\n`);
  giveFiles(before, project, options.out);
  if (!options.apply) return isDone(before) ? 0 : 1;
  if (!before.steps.some(canGo)) {
    process.stdout.write("Nothing can be removed now.\n");
    return isDone(before) ? 0 : 1;
  }
  if (!(await isAgreed(options.yes))) return 1;
  const { removed, gone, stopped } = await takeOver.apply(before);
  if (stopped !== undefined) progress(`Stopped: ${stopped}`);
  const byOthers = gone.length === 0 ? "" : `, ${gone.length} already gone`;
  process.stdout.write(`\n${removed.length} removed${byOthers}.\n\n`);
  const after = await takeOver.standing();
  process.stdout.write(`${standingText(after, project, widthOfOutput())}\n`);
  return isDone(after) && stopped === undefined ? 0 : 1;
}

/** @throws UsageError: what was to be kept would go. */
function refuseOthersNames(
  { keep, "accept-less": acceptLess }: Options,
  { accountId, users, groups, roles }: LiveAccount,
): void {
  const namesOf = (all: readonly LiveIdentity[]) => all.map(({ name }) => name);
  refuseUnknownNames({
    option: "keep",
    names: keep,
    what: `user, group or role of account ${accountId}`,
    known: namesOf([...users, ...groups, ...roles]),
  });
  refuseUnknownNames({
    option: "accept-less",
    names: acceptLess,
    what: `user of account ${accountId}`,
    known: namesOf(users),
  });
}

function giveFiles(
  { proposed: { proposal } }: Standing,
  project: Project,
  folder: string | undefined,
): void {
  if (proposal === undefined) return;
  const names = filesOf(project);
  const importText = `${JSON.stringify(proposal.importFile, null, 2)}\n`;
  if (folder === undefined) {
    process.stdout.write(
      visibleLines(
        `--- ${names.stackFile}\n${proposal.stackFile}\n--- ${names.importFile}\n${importText}`,
      ),
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
  if (!hasTerminal()) {
    progress(
      "Nothing was removed: there is no terminal to ask on. Fix: give --yes as well.",
    );
    return false;
  }
  const answer = await ask('Remove what "can go", stage by stage? (yes/no) ');
  return answer.toLowerCase() === "yes";
}

runCommand(usage, async (args) => {
  const options = readOptions(args);
  if (!options.help) return adopt(options);
  process.stdout.write(usage);
  return 0;
});
