import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { checkout } from "../../sandbox/engine/paths";

const page = readFileSync(join(checkout, "docs/troubleshooting.md"), "utf8");

/** What stands below a heading of the second level. */
export const below = (heading: string): string => {
  const [, section] = page.split(`\n## ${heading}\n`);
  assert.ok(section !== undefined, heading);
  return section.split("\n## ")[0] ?? "";
};

/** The messages that begin an item; several may stand before its colon. */
export const messagesIn = (section: string): readonly string[] =>
  [
    ...section.matchAll(
      /^ *- ((?:`[^`]+`,?\s*)+)(?:: |, or |, with |, in |:\n| for )/gm,
    ),
  ].flatMap(([, quoted = ""]) =>
    [...quoted.matchAll(/`([^`]+)`/g)].map(([, text = ""]) => text),
  );
