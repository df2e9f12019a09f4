import type { Block, Inline, Page, Text } from "./blocks";

/**
 * The page as one HTML file: nothing is loaded and nothing runs, which its own content security
 * policy holds it to.
 */
export const htmlOf = ({ title, blocks }: Page): string =>
  `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<title>${escape(title)}</title>
<style>
${style}</style>
</head>
<body>
<main>
<h1>${escape(title)}</h1>
${blocks.map(blockHtml).join("\n")}
</main>
</body>
</html>
`;

/** Narrow enough to read, wraps what is long; black on white, with the links' targets, on paper. */
const style = `:root { color-scheme: light dark; }
body { margin: 0; font: 1rem/1.55 system-ui, sans-serif; overflow-wrap: anywhere; }
main { max-width: 46rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: 1.5rem; line-height: 1.25; }
h2 { font-size: 1.15rem; margin: 2rem 0 0.5rem; }
li { margin: 0.35rem 0; }
ol, ul { padding-left: 1.5rem; }
code, pre { font: 0.9em/1.45 ui-monospace, monospace; }
pre { padding: 0.75rem; border: 1px solid #8886; border-radius: 0.4rem; white-space: pre-wrap; }
table { width: 100%; border-collapse: collapse; }
th, td { padding: 0.5rem 0.75rem 0.5rem 0; border-bottom: 1px solid #8886; text-align: left; vertical-align: top; }
@media print {
  :root { color-scheme: light; }
  main { max-width: none; padding: 0; }
  h2 { break-after: avoid; }
  li, tr { break-inside: avoid; }
  a::after { content: " (" attr(href) ")"; font-size: 0.8em; }
}
`;

function blockHtml(block: Block): string {
  switch (block.kind) {
    case "heading":
      return `<h2>${escape(block.text)}</h2>`;
    case "paragraph":
      return `<p>${line(block.text)}</p>`;
    case "steps":
      return `<ol>\n${items(block.items)}\n</ol>`;
    case "list":
      return `<ul>\n${items(block.items)}\n</ul>`;
    case "code":
      return `<pre><code>${escape(block.text)}</code></pre>`;
    case "table":
      return [
        "<table>",
        `<thead><tr>${block.head.map((cell) => `<th scope="col">${escape(cell)}</th>`).join("")}</tr></thead>`,
        "<tbody>",
        ...block.rows.map(
          (cells) =>
            `<tr>${cells.map((cell) => `<td>${line(cell)}</td>`).join("")}</tr>`,
        ),
        "</tbody>",
        "</table>",
      ].join("\n");
  }
}

const items = (texts: readonly Text[]): string =>
  texts.map((text) => `<li>${line(text)}</li>`).join("\n");

const line = (text: Text): string => text.map(inlineHtml).join("");

function inlineHtml(piece: Inline): string {
  if (typeof piece === "string") return escape(piece);
  if ("code" in piece) return `<code>${escape(piece.code)}</code>`;
  if ("strong" in piece) return `<strong>${escape(piece.strong)}</strong>`;
  // Another scheme, as javascript:, would run.
  return piece.link.startsWith("https://")
    ? `<a href="${escape(piece.link)}">${escape(piece.text)}</a>`
    : escape(piece.text);
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

const escape = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => entities[character] ?? "");
