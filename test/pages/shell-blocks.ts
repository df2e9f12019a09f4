import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { checkout } from "../../sandbox/engine/paths";

/** What a reader pastes into a shell at once. */
export interface Block {
  /** From the top of the checkout. */
  readonly page: string;
  /** The heading that it stands under, without its marks. */
  readonly section: string;
  /** The number of the step that it belongs to; 0: of none. */
  readonly step: number;
  readonly line: number;
  readonly commands: readonly string[];
}

/** Every page of the repository, in the order of their names. */
export const pages: readonly string[] = execFileSync(
  "git",
  ["ls-files", "--cached", "--others", "--exclude-standard", "*.md"],
  { cwd: checkout, encoding: "utf8" },
)
  .split("\n")
  .filter(Boolean)
  .sort();

/** The shell blocks of a page, in its order. */
export function shellBlocks(page: string): readonly Block[] {
  const blocks: Block[] = [];
  let section = "";
  let step = 0;
  let fence: { readonly isShell: boolean; readonly line: number } | undefined;
  let lines: string[] = [];
  const all = readFileSync(join(checkout, page), "utf8").split("\n");
  for (const [index, line] of all.entries()) {
    const [, language] = /^\s*```(.*)$/.exec(line) ?? [];
    if (language !== undefined && fence === undefined) {
      fence = {
        isShell: ["sh", "bash"].includes(language),
        line: index + 1,
      };
      lines = [];
    } else if (language !== undefined && fence !== undefined) {
      if (fence.isShell) {
        const commands = commandsOf(lines);
        blocks.push({ page, section, step, line: fence.line, commands });
      }
      fence = undefined;
    } else if (fence !== undefined) {
      lines.push(line.trim());
    } else {
      const [, heading] = /^#+ (.*)$/.exec(line) ?? [];
      if (heading !== undefined) [section, step] = [heading, 0];
      step = Number(/^(\d+)\. /.exec(line)?.[1] ?? step);
    }
  }
  return blocks;
}

/** The words of the only command of a page that begins so: a test that runs them follows the page. */
export function wordsOf(page: string, begin: string): readonly string[] {
  const commands = shellBlocks(page)
    .flatMap((block) => block.commands)
    .filter((command) => command.startsWith(begin));
  const [command, ...others] = commands;
  if (command === undefined || others.length > 0) {
    throw new Error(`${page}: found ${commands.length} of "${begin}", not one`);
  }
  return command.split(/[\s\\]+/);
}

/**
 * What that command is given, behind npm's `--`, or else behind the first two words.
 *
 * @param own what stands in the place of a word
 */
export function argumentsOf(
  page: string,
  begin: string,
  own: Readonly<Record<string, string>>,
): readonly string[] {
  const words = wordsOf(page, begin);
  const first = words.includes("--") ? words.indexOf("--") + 1 : 2;
  return words.slice(first).map((word) => own[word] ?? word);
}

/** Lines that a shell reads as one, without what is said beside them. */
function commandsOf(lines: readonly string[]): readonly string[] {
  const commands: string[] = [];
  let begun = "";
  for (const line of lines) {
    const text = line.replace(/(^|\s+)# .*$/, "").trim();
    begun = begun === "" ? text : `${begun}\n${text}`;
    if (/[\\|]$/.test(begun)) continue;
    if (begun !== "") commands.push(begun);
    begun = "";
  }
  return commands;
}
