import assert from "node:assert/strict";
import {
  cpSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import stringWidth from "string-width";
import { checkout } from "../../sandbox/engine/paths";
import { run, type Finished } from "../../sandbox/engine/run";
import { readStackFile } from "../../sandbox/project";
import { assignmentsOf } from "../../sandbox/tour/expected";

/** `npm start` as a CI runs it, where a library that is not told otherwise prints colours into the log. */
const start = (folder: string): Promise<Finished> =>
  run("npm", ["start"], {
    cwd: folder,
    environment: { CI: "true", NO_COLOR: "" },
  });

const count = (text: string, pattern: RegExp): number =>
  (text.match(pattern) ?? []).length;

/** The script that npm is about to run, and the package's name before it. */
const isOfNpm = (line: string): boolean => line.startsWith("> ");

describe("npm start", () => {
  it("tries everything, sees what the stack files say, and ends well", async () => {
    const { code, stdout, stderr } = await start(checkout);
    assert.equal(code, 0, stdout + stderr);
    const { users, ...stackFile } = readStackFile("bastion");
    const matrix =
      Object.keys(users).length *
      assignmentsOf({ ...stackFile, users }).length *
      2;
    const seen = count(stdout, /│ ✓ (allowed|denied) /g);
    assert.match(
      stdout,
      new RegExp(
        `^All ${seen} attempts ended as the stack files say they should`,
        "m",
      ),
    );
    assert.ok(seen > matrix, `${seen} attempts, of which ${matrix} are roles`);
    assert.doesNotMatch(stdout, /✗/);
    assert.match(stdout, /^The policy pack stopped it before anything/m);

    const lines = stdout.split("\n").filter((line) => !isOfNpm(line));
    const wide = lines.filter((line) => stringWidth(line) > 80);
    assert.deepEqual(wide, [], "without a terminal, 80 columns are enough");
    assert.doesNotMatch(stdout, /@ (updating|previewing)/);
    const often = lines.filter(
      (line) =>
        line.trim() !== "" &&
        lines.filter((other) => other === line).length > 2,
    );
    assert.deepEqual(often, [], "a line that is told three times is noise");
    assert.doesNotMatch(stdout, /\u001b/, "colours are for a terminal");
    assert.doesNotMatch(stdout, /error:/, "a wanted denial is no error");
  });
});

describe("npm start, of a project that is not what it should be", () => {
  let folder: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "tour "));
    cpSync(checkout, folder, {
      recursive: true,
      filter: (path) =>
        !/^(node_modules|\.git|\.sandbox|test)(?![^/\\])/.test(
          relative(checkout, path),
        ),
    });
    symlinkSync(
      join(checkout, "node_modules"),
      join(folder, "node_modules"),
      "junction",
    );
  });

  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it("ends ill, and says what is wrong", async () => {
    const file = join(folder, "Pulumi.bastion.yaml");
    const text = readFileSync(file, "utf8");
    writeFileSync(file, text.replaceAll("OpsSudo", "OpsSodu"));
    const { code, stdout, stderr } = await start(folder);
    assert.equal(code, 1, stdout + stderr);
    assert.match(stdout, /OpsSodu/);
    assert.doesNotMatch(stdout, /attempts/);
  });
});
