import { createColors } from "picocolors";
import {
  ConfigError,
  type BastionConfig,
  type UserFacts,
} from "../../infra/config";
import { readBastionConfig } from "../bastion-config";
import { nearest } from "../command-line/names";
import { UsageError } from "../command-line/options";
import { hasColours } from "../command-line/terminal";
import { usageErrorText } from "../command-line/run";
import { readConfigFile, writeConfigFile } from "./config-file";
import { aroundChanges, diffLines } from "./diff";
import { mergeSection } from "./merge";
import { readOptions, usage, type Options } from "./options";
import { shownLine } from "./shown-line";
import { writePages } from "./page/write-pages";
import { clientSetUp } from "../../infra/profiles/profiles";
import { SetUpError } from "../../infra/profiles/set-up-error";
import {
  clientSection,
  sectionText,
  type Section,
} from "../../infra/profiles/section";

/** What the command reads from, and writes to. */
export interface CommandContext {
  /** Where Pulumi.yaml is. */
  readonly project: string;
  /** What relative paths start from. */
  readonly folder: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly say: (text: string) => void;
  readonly complain: (text: string) => void;
  /** Missing where there is nobody to answer. */
  readonly ask?: (question: string) => Promise<string>;
}

/** The command; gives its exit code: 0 done or nothing to do, 1 not done, 2 not understood. */
export async function runClientConfig(
  args: readonly string[],
  context: CommandContext,
): Promise<number> {
  const { complain, folder, environment } = context;
  try {
    return await run(readOptions(args, folder, environment), context);
  } catch (error) {
    if (error instanceof UsageError) {
      complain(`${usageErrorText(error.message, usage)}\n`);
      return 2;
    }
    if (error instanceof SetUpError || error instanceof ConfigError) {
      complain(`${error.message}\n`);
      return 1;
    }
    throw error;
  }
}

async function run(options: Options, context: CommandContext): Promise<number> {
  const { user: name, stack, choices, pages } = options;
  const { project, say } = context;
  if (options.help) {
    say(usage);
    return 0;
  }
  const config = readBastionConfig({ folder: project, stack });
  const user = name === undefined ? undefined : findUser(config, name);
  if (pages !== undefined) {
    for (const file of writePages(config, user, choices, pages)) {
      say(`${file}\n`);
    }
    return 0;
  }
  if (user === undefined) return 2;
  const section = clientSection(clientSetUp(config, user, choices));
  if (!options.print) return write(section, options, context);
  say(sectionText(section));
  return 0;
}

function findUser({ users }: BastionConfig, name: string): UserFacts {
  const user = users.find((one) => one.name === name);
  if (user) return user;
  const names = users.map((one) => one.name);
  throw new SetUpError(
    names.length === 0
      ? "The config has no users."
      : `The config has no user ${JSON.stringify(name)}${nearest(name, names)}.`,
  );
}

async function write(
  section: Section,
  { file: path, isAgreed }: Options,
  { say, complain, ask, environment }: CommandContext,
): Promise<number> {
  const file = readConfigFile(path);
  const { text, before, changed } = mergeSection(file.text, section);
  if (!changed) {
    say(`${path} has these profiles already: nothing to do.\n`);
    return 0;
  }
  say(shownDiff(path, before, section.lines, hasColours(environment)));
  if (!isAgreed) {
    if (!ask) {
      complain(
        "Nothing was written: there is no terminal to ask on. Fix: give --yes as well.\n",
      );
      return 1;
    }
    if (!/^y(es)?$/i.test(await ask("Write this? [y/N] "))) {
      say("Nothing was written.\n");
      return 1;
    }
  }
  writeConfigFile(file, text);
  say(`${path} was written.\n`);
  return 0;
}

/** Of the section alone: what else is in the file may be secret. */
function shownDiff(
  file: string,
  before: readonly string[],
  after: readonly string[],
  colours: boolean,
): string {
  const { green, red, dim } = createColors(colours);
  const paint = { "+": green, "-": red, " ": (text: string) => text };
  const shown = aroundChanges(diffLines(before, after)).map((line) =>
    line === undefined
      ? dim("  …")
      : paint[line.sign](`${line.sign} ${shownLine(line.text)}`),
  );
  return `${[file, ...shown].join("\n")}\n`;
}
