/** `npm run config-change`: whether a change is one of config alone, and that config for this program. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { readProject } from "../../infra/config/from-files";
import { fromCaller, parseOptions, UsageError } from "../command-line/options";
import { runCommand } from "../command-line/run";
import { tell } from "../command-line/terminal";
import { counted } from "../formats/counted";
import { visible } from "../formats/visible";
import { changedPaths } from "./git";
import { beyondConfig } from "./judge";

const usage = `Usage: npm run config-change -- <checkout> [options]

Compares the commit of another checkout with the one of this, and says what it
changes beyond config: values of the program's own keys in Pulumi.yaml and in
Pulumi.<stack>.yaml. A preview of such a change can be made by the program here.

  --apply   puts the config's files here, where the change has nothing else
  --help    this text

Exit code: 0 it is config alone, 1 it is more, 2 it could not be found out.
`;

/** So many are named, of so many characters. */
const most = { names: 30, characters: 200 };

function run(args: readonly string[]): number {
  const { values, positionals } = parseOptions({
    args: [...args],
    allowPositionals: true,
    options: {
      apply: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) {
    process.stdout.write(usage);
    return 0;
  }
  const [checkout, ...more] = positionals;
  if (checkout === undefined || more.length > 0) {
    throw new UsageError("one checkout is to be named");
  }
  const here = fromCaller();
  const changed = changedPaths(here, fromCaller(checkout));
  const found = beyondConfig(changed, readProject(here, "").name);
  tell(verdictOf(changed.length, found.length));
  process.stdout.write(told(found));
  if (found.length > 0) return 1;
  if (values.apply) {
    for (const { path, after } of changed) {
      if (after) writeFileSync(join(here, path), after.bytes());
    }
  }
  return 0;
}

/** Beside the output, which is what the change has beyond config, and nothing else. */
function verdictOf(changed: number, beyond: number): string {
  if (changed === 0) return "The two commits have the same files.";
  return beyond === 0
    ? `It changes config alone, in ${counted(changed, "file")}.`
    : "Beyond config it changes:";
}

/** Names of files come from the change: none is more than a line, and they are no more than a page. */
function told(found: readonly string[]): string {
  const lines = found
    .slice(0, most.names)
    .map((one) => visible(one.slice(0, most.characters)));
  const left = found.length - lines.length;
  return [...lines, ...(left > 0 ? [`and ${left} more`] : [])]
    .map((line) => `${line}\n`)
    .join("");
}

runCommand(usage, (args) => Promise.resolve(args).then(run));
