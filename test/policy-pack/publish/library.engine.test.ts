import assert from "node:assert/strict";
import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { checkout } from "../../../sandbox/engine/paths";
import { startSandbox, type Sandbox } from "../../../sandbox/sandbox";
import { readVerdict, type PrintedFinding } from "../engine/printed";
import { compile, installedIn, newConsumer, newPack } from "./consumer";

/** The pack that policy-pack/README.md shows. */
function shownPack(): string {
  const page = readFileSync(join(checkout, "policy-pack/README.md"), "utf8");
  const block = /^```ts\n([\s\S]*?)^```$/m.exec(page)?.[1] ?? "";
  assert.match(block, /new PolicyPack\(/);
  return block;
}

describe("the policies in another team's pack", () => {
  let folder: string;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "own-pack-"));
    await newConsumer(folder);
  });

  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it("have types, with all that those are made of", () => {
    const installed = installedIn(folder);
    const declarations = readdirSync(installed, { recursive: true })
      .map(String)
      .filter((file) => file.endsWith(".d.ts"));
    assert.ok(declarations.length > 0);
    for (const file of declarations) {
      const text = readFileSync(join(installed, file), "utf8");
      for (const [, from = ""] of text.matchAll(/from "(\.[^"]*)"/g)) {
        const wanted = join(dirname(file), `${from}.d.ts`);
        assert.ok(declarations.includes(wanted), `${file}: ${from}`);
      }
    }
  });

  for (const [resolution, options] of [
    ["node16", ["--module", "node16"]],
    ["bundler", ["--module", "esnext", "--noEmit"]],
  ] as const) {
    it(`compile as the page shows, as ${resolution} resolves them, and a wrong config does not`, async () => {
      const wrong = [
        `const misspelt: PackConfig = {
  // @ts-expect-error -- the key is bastionAccountId
  organisation: { bastionAccount: "111111111111" },
};`,
        `const level: PackConfig = {
  // @ts-expect-error -- there is no such level
  "people-need-mfa": "off",
};`,
        "export default [misspelt, level];",
      ];
      writeFileSync(
        join(folder, "index.ts"),
        [shownPack(), ...wrong].join("\n"),
      );
      const by = ["--moduleResolution", resolution];
      await compile(folder, ...options, ...by);
    });
  }

  describe("beside policies that spoil what they are shown", () => {
    let sandbox: Sandbox;
    let findings: readonly PrintedFinding[];
    const packs = new Map<string, string>();

    before(async () => {
      packs.set("alone", newPack(folder, "alone", "[first, last]"));
      packs.set(
        "beside",
        newPack(folder, "beside", "[first, ...policies(), last]"),
      );
      sandbox = await startSandbox({ progress: () => undefined });
      const project = join(__dirname, "stack");
      const stack = await sandbox.stack("shop", "", project);
      const all = [join(checkout, "policy-pack"), ...packs.values()];
      const flags = all.flatMap((pack) => ["--policy-pack", pack]);
      const { stdout, stderr } = await stack.preview({}, ...flags);
      assert.match(stdout, /beside@v1\.2\.3/, stdout + stderr);
      findings = readVerdict(stdout).findings;
    });

    after(async () => {
      await sandbox.close();
    });

    it("find what they find in the pack of their own", () => {
      const texts = findings
        .map(({ text, ...one }) => {
          // Without the names of the packs, this one's and, behind the last finding, the next one's.
          const said = text
            .replace(/policy pack '.*?'|^\S [\w-]+@v.*$/gm, "")
            .trim();
          return [one.level, one.rule, one.resource, said].join();
        })
        .sort();
      const once = [...new Set(texts)];
      assert.deepEqual(texts, [...once, ...once].sort());
      for (const expected of [
        /^mandatory,people-need-mfa,support,[^]*111111111111/,
        /^advisory,people-need-mfa,reports,[^]*can't be known during preview/,
      ]) {
        assert.ok(
          once.some((text) => expected.test(text)),
          once.join("\n"),
        );
      }
      assert.ok(!texts.some((text) => text.includes("spoilt")));
    });

    it("leave those what they are shown without them", () => {
      /** The engine tells of resources in another order at each run. */
      const seen = (pack: string, policy: string): readonly unknown[] =>
        readFileSync(join(packs.get(pack) ?? "", `${policy}.jsonl`), "utf8")
          .trim()
          .split("\n")
          .sort()
          .map((line) => JSON.parse(line) as unknown);
      const expected = seen("alone", "first");
      // Each resource when it is declared, and all at the end.
      assert.ok(expected.length >= 8, `${expected.length}`);
      const text = JSON.stringify(expected);
      assert.ok(text.includes("assumeRolePolicy"));
      assert.ok(!text.includes("spoilt"));
      assert.deepEqual(seen("alone", "last"), expected);
      assert.deepEqual(seen("beside", "first"), expected);
      assert.deepEqual(seen("beside", "last"), expected);
    });
  });
});
