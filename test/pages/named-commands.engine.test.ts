import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureEngine } from "../../sandbox/engine";
import { runPulumi } from "../../sandbox/engine/pulumi";
import { namedCommands, optionsIn, type Named } from "./named-commands";

describe("a command of Pulumi's that a page names", () => {
  const helps = new Map<string, string>();

  // What its website has of the command line: a page a command, which names the others that it had.
  before(async () => {
    const engine = await ensureEngine(console.log);
    const folder = mkdtempSync(join(tmpdir(), "pages of pulumi "));
    const making = await runPulumi(engine, ["gen-markdown", folder], {
      cwd: folder,
    });
    assert.equal(making.code, 0, making.stderr);
    for (const file of readdirSync(folder)) {
      const help = readFileSync(join(folder, file), "utf8");
      const others = help.matchAll(/^ +- \S*\/(pulumi\w*)\/$/gm);
      for (const [, name = ""] of others) helps.set(name, help);
    }
    rmSync(folder, { recursive: true });
  });

  /** What is wrong with the words of a command. */
  const faultsOf = ({ page, text }: Named): readonly string[] => {
    const words = text.split(" ");
    const name = (count: number): string =>
      ["pulumi", ...words.slice(0, count)].join("_");
    const count = [3, 2, 1].find((length) => helps.has(name(length)));
    const help = helps.get(name(count ?? 0)) ?? "";
    const where = `${page}: pulumi ${text}`;
    // What only leads to others takes no options of its own.
    if (!help.includes("[flags]")) return [`${where}: no such command`];
    return optionsIn(words.slice(count).join(" "))
      .filter((option) => !new RegExp(`[ ,]${option}[ ,]`).test(help))
      .map((option) => `${where}: no ${option}`);
  };

  it("is one that the pinned Pulumi has, with its options", () => {
    const named = namedCommands("pulumi");
    assert.deepEqual(named.flatMap(faultsOf), []);
    assert.ok(named.length > 60);
  });
});
