import { create } from "xmlbuilder2";
import type { Answer } from "./services/service";

/** A page of a heading, facts by name, and a closing line. */
export interface PlainPage {
  readonly title: string;
  readonly facts: Readonly<Record<string, string>>;
  readonly note: string;
}

/**
 * HTML that holds text alone: everything is escaped by the builder, what XML has no place for is
 * replaced, and the page may load and run nothing.
 */
export function htmlPage(status: number, page: PlainPage): Answer {
  const rows = Object.entries(page.facts).map(([name, value]) => ({
    th: name,
    td: value === "" ? "-" : value,
  }));
  const html = create(
    { invalidCharReplacement: "\uFFFD" },
    {
      html: {
        "@lang": "en",
        head: { meta: { "@charset": "utf-8" }, title: page.title },
        body: {
          h1: page.title,
          ...(rows.length > 0 ? { table: { tr: rows } } : {}),
          p: page.note,
        },
      },
    },
  ).end({ headless: true });
  return {
    status,
    type: "text/html; charset=utf-8",
    body: `<!doctype html>\n${html}\n`,
    headers: {
      "cache-control": "no-store",
      "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff",
    },
  };
}
