import { Marked } from "marked";
import { asMarkup, type Markup } from "./markup";
import { Formatted, template } from "./template";

/** CommonMark, with GitHub's tables. */
export type Markdown = Formatted<"markdown">;

const asMarkdown = (text: string): Markdown => new Formatted("markdown", text);

const onOneLine = (text: string): string => text.replace(/\s+/g, " ");

/**
 * Values lose all that Markdown, HTML or GitHub could take for a mark or a link, as in
 * `www.example.com`, which may be a user's name. A value that begins a line begins no list either.
 *
 * It is not called `markdown`, since Prettier breaks the lines of templates of that name.
 */
export const commonmark = template("markdown", (text) =>
  onOneLine(text).replace(/(?<=^ ?)[-=]|[\\`*_{}[\]()<>#|~!&@.:+]/g, "\\$&"),
);

export function code(text: string): Markdown {
  const fence = "`".repeat(longestRun(text) + 1);
  const space = text.startsWith("`") || text.endsWith("`") ? " " : "";
  return asMarkdown(`${fence}${space}${onOneLine(text)}${space}${fence}`);
}

/** Another scheme than https, as javascript:, would run: it makes no link. */
export const link = (target: string, text: string): Markdown =>
  target.startsWith("https://")
    ? commonmark`[${text}](<${asMarkdown(encodeURI(decodeURI(target)))}>)`
    : commonmark`${text}`;

export function codeBlock(text: string): Markdown {
  const fence = "`".repeat(Math.max(3, longestRun(text) + 1));
  return asMarkdown(`${fence}\n${text.replace(/\n$/, "")}\n${fence}`);
}

const longestRun = (text: string): number =>
  Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));

/** What a list or a page has; undefined or false: not here. */
type Part = Markdown | undefined | false;

const joined = (
  parts: readonly Part[],
  separator: string,
  before: (index: number) => string = () => "",
): Markdown =>
  asMarkdown(
    parts
      .filter((part) => part instanceof Formatted)
      .map(({ text }, index) => before(index) + text)
      .join(separator),
  );

export const inARow = (...parts: readonly Part[]): Markdown =>
  joined(parts, ", ");

export const steps = (...items: readonly Part[]): Markdown =>
  joined(items, "\n", (index) => `${index + 1}. `);

export const list = (...items: readonly Part[]): Markdown =>
  joined(items, "\n", () => "- ");

/** One after the other, as blocks of their own. */
export const blocks = (...parts: readonly Part[]): Markdown =>
  joined(parts, "\n\n");

export const table = (
  head: readonly string[],
  rows: readonly (readonly Markdown[])[],
): Markdown =>
  asMarkdown(
    [
      head,
      head.map(() => "---"),
      // A bar would end the cell, in code too.
      ...rows.map((cells) =>
        cells.map(({ text }) => text.replace(/(?<!\\)\|/g, "\\|")),
      ),
    ]
      .map((cells) => `| ${cells.join(" | ")} |`)
      .join("\n"),
  );

/** HTML in Markdown stays text, and so does an address that was not written as a link. */
const renderer = new Marked({
  tokenizer: {
    html: () => undefined,
    tag: () => undefined,
    url: () => undefined,
    autolink: () => undefined,
  },
});

export const rendered = ({ text }: Markdown): Markup =>
  asMarkup(renderer.parse(text, { async: false }));
