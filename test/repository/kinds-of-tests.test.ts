import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { checkout } from "../../sandbox/engine/paths";
import { needsOf } from "../run/time-limits";

/** What starts the engine, or gives what starts it; or npm run sandbox and npm start, which do. */
const starts = new RegExp(
  String.raw`^import \{[^}]*\b(startSandbox|ensureEngine|DeployedStacks|JudgedSandbox|Program|TinyProject|deploySingleAccount|ObservedStacks|ManyAccounts|DeployedExample)\b[^}]*\} from|"sandbox/shell\.ts"|"npm", \["start"\]`,
  "m",
);

describe("a test file", () => {
  const files = readdirSync(join(checkout, "test"), { recursive: true })
    .map(String)
    .filter((file) => file.endsWith(".test.ts"));

  it("has a name that says whether it starts the engine", () => {
    const text = (file: string) =>
      readFileSync(join(checkout, "test", file), "utf8");
    assert.deepEqual(
      files.filter((file) => needsOf(file) === "engine").sort(),
      files
        .filter((file) => starts.test(text(file)))
        // These are no part of npm test, and start what they like.
        .filter((file) => !file.endsWith(".faults.test.ts"))
        .sort(),
    );
    assert.ok(files.some((file) => needsOf(file) === "engine"));
  });
});
