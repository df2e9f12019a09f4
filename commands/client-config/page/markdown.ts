import type { Block, Inline, Page, Text } from "./blocks";

/** The page as Markdown (CommonMark, with GitHub's tables). */
export const markdownOf = ({ title, blocks }: Page): string =>
  `${[`# ${escape(title)}`, ...blocks.map(blockText)].join("\n\n")}\n`;

function blockText(block: Block): string {
  switch (block.kind) {
    case "heading":
      return `## ${escape(block.text)}`;
    case "paragraph":
      return line(block.text);
    case "steps":
      return block.items
        .map((item, index) => `${index + 1}. ${line(item)}`)
        .join("\n");
    case "list":
      return block.items.map((item) => `- ${line(item)}`).join("\n");
    case "code": {
      const fence = "`".repeat(Math.max(3, longestRun(block.text) + 1));
      return `${fence}\n${block.text.replace(/\n$/, "")}\n${fence}`;
    }
    case "table":
      return [
        row(block.head.map((cell) => escape(cell))),
        row(block.head.map(() => "---")),
        // A bar would end the cell, in code too.
        ...block.rows.map((cells) =>
          row(cells.map((cell) => line(cell).replace(/(?<!\\)\|/g, "\\|"))),
        ),
      ].join("\n");
  }
}

const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;

const line = (text: Text): string => text.map(inlineText).join("");

function inlineText(piece: Inline): string {
  if (typeof piece === "string") return escape(piece);
  if ("code" in piece) return codeSpan(piece.code);
  if ("strong" in piece) return `**${escape(piece.strong)}**`;
  return `[${escape(piece.text)}](<${encodeURI(decodeURI(piece.link))}>)`;
}

/** Everything that Markdown or HTML could take for a mark of theirs. */
const escape = (text: string): string =>
  text.replace(/[\\`*_{}[\]<>#|~!&]/g, "\\$&").replace(/[\r\n]+/g, " ");

function codeSpan(text: string): string {
  const fence = "`".repeat(longestRun(text) + 1);
  const space = text.startsWith("`") || text.endsWith("`") ? " " : "";
  return `${fence}${space}${text.replace(/[\r\n]+/g, " ")}${space}${fence}`;
}

const longestRun = (text: string): number =>
  Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
