import { readFileSync } from "node:fs";
import { join } from "node:path";
import { checkout } from "../../sandbox/engine/paths";
import { pages, shellBlocks } from "./shell-blocks";

/** A command that a page names, in a block or within a sentence. */
export interface Named {
  readonly page: string;
  /** As one line. */
  readonly text: string;
}

/** What a command's line ends at: another command, or what its output goes to. */
const end = /\s*(?:\|\|?|&&|;|>|$)/;

/** Every place where a program is called, with the words after it. */
export function namedCommands(program: string): readonly Named[] {
  const begin = new RegExp(String.raw`(?:^|[\s(])${program} (?=[a-z-])`);
  return pages.flatMap((page) =>
    textsOf(page).flatMap((text) => {
      const [, ...calls] = text.split(begin);
      return calls.map((call) => ({
        page,
        text: call.split(end, 1)[0] ?? "",
      }));
    }),
  );
}

/** Its commands in blocks, and what stands in backticks. */
function textsOf(page: string): readonly string[] {
  const inBlocks = shellBlocks(page).flatMap(({ commands }) => commands);
  const prose = readFileSync(join(checkout, page), "utf8").replace(
    /^\s*```[^]*?^\s*```/gm,
    "",
  );
  const inline = [...prose.matchAll(/`([^`]+)`/g)].map(([, text = ""]) => text);
  return [...inBlocks, ...inline].map((text) =>
    text.replace(/[\s\\]+/g, " ").trim(),
  );
}

/** `--name` of `--name=value`, and `-c`. */
export const optionsIn = (words: string): readonly string[] =>
  [...words.matchAll(/(?:^|\s)(--?[a-zA-Z][\w-]*)/g)].map(
    ([, option = ""]) => option,
  );
