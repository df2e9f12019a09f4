/** `npm run recover`: puts a stack right whose deployment was cut off. */
import { fromCaller, parseOptions, UsageError } from "../command-line/options";
import { runCommand } from "../command-line/run";
import {
  ask,
  forReading,
  hasTerminal,
  progress,
  widthOfOutput,
} from "../command-line/terminal";
import { visibleLines } from "../formats/visible";
import { putCliFirst } from "../stacks/cli";
import { recoverStack } from "./recover-stack";
import { usualPatience } from "./until-seen";

const usage = `Usage: npm run recover -- --stack <name> [options]

Puts a stack right whose deployment was cut off. Looks in the accounts what
became of what it was making: imports what is there and is what the program
makes, clears what never was, and refuses what is somebody else's. A state that
can't be read is restored from Pulumi's backup. Changes nothing in AWS.

  --stack <name>         the stack
  --project <folder>     where Pulumi.yaml is (default: here)
  --config-file <file>   the stack's file, where it has another name
  --config <key=value>   config for this run, as of pulumi up; repeatable
  --role <name>          look into the accounts by this role, and not by the one
                         that the deployment took
  --token-file <file>    take that role with the OIDC token in the file
  --search               look as well for all that the program makes and the
                         state has not, as after pulumi refresh
                         --clear-pending-creates
  --backup <file>        restore the state from this file
  --lift-lock            lift the lock that a deployment left which runs no more
  --yes                  do not ask; needed without a terminal
  --help                 this text

Exit code: 0 the stack can be deployed, 1 something is left to do, 2 it could
not be found out.
`;

const readOptions = (args: readonly string[]) =>
  parseOptions({
    args: [...args],
    options: {
      stack: { type: "string" },
      project: { type: "string", default: "." },
      "config-file": { type: "string" },
      config: { type: "string", multiple: true, default: [] },
      role: { type: "string" },
      "token-file": { type: "string" },
      search: { type: "boolean", default: false },
      backup: { type: "string" },
      "lift-lock": { type: "boolean", default: false },
      yes: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  }).values;

type Options = ReturnType<typeof readOptions>;

const print = (text: string): void => {
  process.stdout.write(`${forReading(visibleLines(text))}\n`);
};

async function recover(options: Options): Promise<number> {
  const { stack, role } = options;
  if (stack === undefined) throw new UsageError("name the stack with --stack");
  await putCliFirst();
  return recoverStack(
    {
      folder: fromCaller(options.project),
      stack,
      configFile: fromCallerIf(options["config-file"]),
      config: options.config,
      liftLock: options["lift-lock"],
      progress,
      role,
      tokenFile: fromCallerIf(options["token-file"]),
      search: options.search,
      backup: fromCallerIf(options.backup),
      patience: usualPatience,
    },
    {
      print,
      isAgreed: () => isAgreed(options.yes),
      width: widthOfOutput(),
    },
  );
}

const fromCallerIf = (path: string | undefined): string | undefined =>
  path === undefined ? undefined : fromCaller(path);

async function isAgreed(yes: boolean): Promise<boolean> {
  if (yes) return true;
  if (!hasTerminal()) {
    progress(
      "Nothing was done: there is no terminal to ask on. Fix: give --yes as well.",
    );
    return false;
  }
  const answer = await ask("Change the state like this? (yes/no) ");
  return answer.toLowerCase() === "yes";
}

runCommand(usage, async (args) => {
  const options = readOptions(args);
  if (!options.help) return recover(options);
  process.stdout.write(usage);
  return 0;
});
