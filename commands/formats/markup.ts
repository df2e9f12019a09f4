import { Formatted, template } from "./template";

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
  text.replace(/[&<>"']/g, (character) => entities[character] ?? character),
);

export const nothing = asMarkup("");

/** A page with all it needs in itself: its own content security policy lets it load and run nothing. */
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
${asMarkup(style)}
</style>
</head>
<body>
<main>
${content}
</main>
</body>
</html>
`.text;
