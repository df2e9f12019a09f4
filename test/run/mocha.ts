import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { checkout } from "../../sandbox/engine/paths";

/** The test files that import something by this path's end. */
export const filesThatImport = (module: string): readonly string[] =>
  readdirSync(join(checkout, "test"), { recursive: true })
    .map((file) => join("test", String(file)))
    .filter((file) => file.endsWith(".test.ts"))
    .filter((file) =>
      readFileSync(join(checkout, file), "utf8").includes(`${module}"`),
    )
    .sort();

/** Runs these files, with more in the environment; arguments go to mocha. Gives its exit code. */
export function runFiles(
  files: readonly string[],
  environment: Readonly<Record<string, string>>,
): number {
  const { status } = spawnSync(
    process.execPath,
    [
      join(checkout, "node_modules/mocha/bin/mocha.js"),
      ...files,
      ...process.argv.slice(2),
    ],
    {
      cwd: checkout,
      stdio: "inherit",
      env: { ...process.env, ...environment },
    },
  );
  return status ?? 1;
}
