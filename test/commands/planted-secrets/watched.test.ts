import assert from "node:assert/strict";
import {
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { filesIn } from "./watched";

describe("what is looked through for secrets", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "looked through "));
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  it("is every file of a folder, however deep, and nothing behind a link", () => {
    const deep = join(folder, "a", "b");
    mkdirSync(deep, { recursive: true });
    for (const file of [join(folder, ".one"), join(deep, "two")]) {
      writeFileSync(file, file);
    }
    symlinkSync(deep, join(folder, "link"));
    assert.deepEqual(
      filesIn(folder).map(({ where, bytes }) => [where, bytes.toString()]),
      [join(folder, ".one"), join(deep, "two")].map((file) => [file, file]),
    );
  });

  it("is no folder that is not there", () => {
    assert.throws(() => filesIn(join(folder, "none")), { code: "ENOENT" });
  });
});
