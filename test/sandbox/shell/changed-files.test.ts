import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  changedFiles,
  projectFiles,
} from "../../../sandbox/shell/changed-files";

describe("The project's files while a sandbox runs", () => {
  it("are told by name where they were made, changed or removed", () => {
    const folder = mkdtempSync(join(tmpdir(), "changed files "));
    const write = (name: string, text: string) => {
      writeFileSync(join(folder, name), text);
    };
    try {
      for (const name of [
        "Pulumi.yaml",
        "Pulumi.bastion.yaml",
        "Pulumi.x.yaml",
      ])
        write(name, "a: 1\n");
      const before = projectFiles(folder);
      assert.deepEqual(changedFiles(before, projectFiles(folder)), []);
      write("Pulumi.yaml", "a: 2\n");
      write("Pulumi.dev.yaml", "");
      write("notes.yaml", "");
      rmSync(join(folder, "Pulumi.x.yaml"));
      assert.deepEqual([...changedFiles(before, projectFiles(folder))].sort(), [
        "Pulumi.dev.yaml",
        "Pulumi.x.yaml",
        "Pulumi.yaml",
      ]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
