import { Formatted, template } from "./template";
import { visibleLines } from "./visible";

/** HTML or SVG. */
export type Markup = Formatted<"markup">;

/** @param text that is HTML or SVG already */
export const asMarkup = (text: string): Markup => new Formatted("markup", text);

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

export const markup = template("markup", (text) =>
  visibleLines(text).replace(
    /[&<>"']/g,
    (character) => entities[character] ?? character,
  ),
);

export const nothing = asMarkup("");

/** For a phone first; wider screens only get wider margins, and paper black on white. */
const baseStyle = `:root { color-scheme: light dark; }
* { box-sizing: border-box; }
body { margin: 0; font: 1rem/1.5 system-ui, sans-serif; }
main { max-width: 46rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: 1.5rem; line-height: 1.25; }
h2 { font-size: 1.2rem; margin: 2rem 0 .5rem; }
table { width: 100%; border-collapse: collapse; }
th, td { text-align: left; vertical-align: top; }
@media print {
  :root { color-scheme: light; }
  main { max-width: none; padding: 0; }
  h2 { break-after: avoid; }
}`;

/**
 * A page with all it needs in itself: its own content security policy lets it load and run nothing.
 *
 * @param style what it has beside the style of all pages
 */
export const htmlPage = (
  title: string,
  style: string,
  content: Markup,
): string =>
  markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<title>${title}</title>
<style>
${asMarkup(`${baseStyle}\n${style}`)}
</style>
</head>
<body>
<main>
${content}
</main>
</body>
</html>
`.text;
