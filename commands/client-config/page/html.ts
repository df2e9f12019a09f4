import { htmlPage } from "../../formats/markup";
import {
  blocks,
  markdown,
  rendered,
  type Markdown,
} from "../../formats/markdown";

export interface Page {
  readonly title: string;
  readonly body: Markdown;
}

const bodyOf = ({ title, body }: Page): Markdown =>
  blocks(markdown`# ${title}`, body);

export const markdownOf = (page: Page): string => `${bodyOf(page).text}\n`;

export const htmlOf = (page: Page): string =>
  htmlPage(page.title, style, rendered(bodyOf(page)));

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
}`;
