import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { checkout } from "../../sandbox/engine/paths";
import { isRead, notRun, readElsewhere, realAccounts, setApart } from "./plan";
import { pages, shellBlocks } from "./shell-blocks";

const blocks = pages.flatMap(shellBlocks);
const commands = blocks.flatMap((block) =>
  block.commands.map((command) => ({ block, command })),
);

describe("a command on a page", () => {
  it("is run by a test that reads it there, or is named with the reason why not", () => {
    const neither = commands
      .filter(({ block, command }) => {
        const isNamed = setApart(block.page, command) !== undefined;
        return !isRead(block) && !isNamed;
      })
      .map(({ block, command }) => `${block.page}:${block.line}: ${command}`);
    assert.deepEqual(neither, []);
    assert.ok(commands.length > 60);
  });

  it("that is named as not run stands on its page, and the test that is told is there", () => {
    for (const one of [...notRun, ...readElsewhere]) {
      for (const begin of one.begin) {
        assert.ok(
          commands.some(
            ({ block, command }) =>
              block.page === one.page && command.startsWith(begin),
          ),
          `${one.page}: ${begin}`,
        );
      }
    }
    for (const { why } of notRun) {
      for (const [file] of why.matchAll(/test\/\S+\.ts/g)) {
        assert.ok(existsSync(join(checkout, file)), file);
      }
    }
    for (const { by, page } of readElsewhere) {
      const text = readFileSync(join(checkout, by), "utf8");
      assert.ok(text.includes(`"${page}"`), `${by} does not read ${page}`);
    }
  });
});

describe("the way of a stranger", () => {
  it("leads from a clone to a first real preview in ten steps at most, of which one is git clone", () => {
    const way = blocks.filter(
      ({ page, section }) =>
        page === realAccounts.page && section === realAccounts.section,
    );
    const preview = way.find((block) =>
      block.commands.some((command) => command.startsWith("pulumi preview")),
    );
    assert.ok(preview !== undefined && preview.step > 0);
    assert.ok(1 + preview.step <= 10);
    const typed = way
      .filter(({ line }) => line <= preview.line)
      .flatMap((block) => block.commands);
    assert.ok(1 + typed.length <= 10, typed.join("\n"));
  });
});
