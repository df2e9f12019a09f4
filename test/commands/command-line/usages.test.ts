import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { checkout } from "../../../sandbox/engine/paths";

const files = [
  ...readdirSync(join(checkout, "commands"), { recursive: true })
    .map((file) => join("commands", String(file)))
    .filter((file) => file.endsWith(".ts")),
  "sandbox/shell-options.ts",
];

/** The texts in a file that tell of options; what is put into them at runtime is short. */
const usagesIn = (file: string): readonly string[] =>
  [
    ...readFileSync(join(checkout, file), "utf8").matchAll(
      /`(?:[^`\\]|\\.)*`/gs,
    ),
  ]
    .map(([text]) =>
      text
        .slice(1, -1)
        .replace(/\$\{[^}]*\}/g, "00")
        .replaceAll("\\", ""),
    )
    .filter((text) => /^Usage: |^ {2}--help /m.test(text));

describe("what --help tells", () => {
  const usages = files.flatMap(usagesIn);

  it("is there for each command", () => {
    const commands = usages.flatMap(
      (text) => /^Usage: npm run (\S+) /.exec(text)?.[1] ?? [],
    );
    assert.deepEqual(commands.sort(), [
      "adopt",
      "client-config",
      "config-change",
      "deploy",
      "preview",
      "recover",
      "revoke",
      "sandbox",
      "verify",
    ]);
  });

  it("fits 80 columns", () => {
    const lines = usages.flatMap((text) => text.split("\n"));
    assert.deepEqual(
      lines.filter((line) => line.length > 80),
      [],
    );
  });
});
