import { htmlPage } from "../../formats/markup";
import {
  blocks,
  commonmark,
  rendered,
  type Markdown,
} from "../../formats/markdown";

export interface Page {
  readonly title: string;
  readonly body: Markdown;
}

const bodyOf = ({ title, body }: Page): Markdown =>
  blocks(commonmark`# ${title}`, body);

export const markdownOf = (page: Page): string => `${bodyOf(page).text}\n`;

export const htmlOf = (page: Page): string =>
  htmlPage(page.title, style, rendered(bodyOf(page)));

/** Wraps what is long; on paper with the links' targets. */
const style = `body { overflow-wrap: anywhere; }
li { margin: 0.35rem 0; }
ol, ul { padding-left: 1.5rem; }
code, pre { font: 0.9em/1.45 ui-monospace, monospace; }
:not(pre) > code { display: inline-block; max-width: 100%; }
pre { padding: 0.75rem; border: 1px solid #8886; border-radius: 0.4rem; white-space: pre-wrap; }
th, td { padding: 0.5rem 0.75rem 0.5rem 0; border-bottom: 1px solid #8886; }
@media print {
  li, tr { break-inside: avoid; }
  a::after { content: " (" attr(href) ")"; font-size: 0.8em; }
}`;
