import assert from "node:assert/strict";
import {
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { checkout } from "../../../sandbox/engine/paths";
import { run } from "../../../sandbox/engine/run";

const name = "bastion-account-policy-pack";

/** Where the consumer finds the package's files. */
export const installedIn = (folder: string): string =>
  join(folder, "node_modules", name);

/** Another team's pack, with what npm would install there: the tarball, and what it depends on. */
export async function newConsumer(folder: string): Promise<void> {
  await must("npm", [
    ...["pack", join(checkout, "policy-pack")],
    ...["--pack-destination", folder],
  ]);
  const tarball = readdirSync(folder).find((file) => file.endsWith(".tgz"));
  const package_ = installedIn(folder);
  mkdirSync(package_, { recursive: true });
  const into = ["-C", package_, "--strip-components=1"];
  await must("tar", ["-xzf", join(folder, tarball ?? ""), ...into]);
  const { dependencies } = JSON.parse(
    readFileSync(join(package_, "package.json"), "utf8"),
  ) as { readonly dependencies: Readonly<Record<string, string>> };
  for (const one of [...Object.keys(dependencies), "@types/node"]) {
    const target = join(folder, "node_modules", one);
    mkdirSync(dirname(target), { recursive: true });
    symlinkSync(join(checkout, "node_modules", one), target);
  }
  cpSync(join(__dirname, "foreign.ts"), join(folder, "ours.ts"));
}

/** A pack in JavaScript that the engine runs, of the policies that a list names. */
export function newPack(folder: string, pack: string, list: string): string {
  const own = join(folder, pack);
  mkdirSync(own);
  writeFileSync(
    join(own, "package.json"),
    JSON.stringify({ name: pack, version: "1.2.3", main: "index.js" }),
  );
  writeFileSync(
    join(own, "PulumiPolicy.yaml"),
    "runtime:\n  name: nodejs\n  options:\n    typescript: false\n",
  );
  writeFileSync(
    join(own, "index.js"),
    `const { PolicyPack } = require("@pulumi/policy");
const { first, last } = require("../ours");
const { policies } = require("${name}/policies");
new PolicyPack("${pack}", { policies: ${list} });
`,
  );
  return own;
}

/** Compiles what an editor would show: tsc finds nothing wrong. */
export const compile = (folder: string, ...options: readonly string[]) =>
  must(
    process.execPath,
    [
      require.resolve("typescript/bin/tsc"),
      ...["--strict", "--noUncheckedIndexedAccess", "--target", "es2022"],
      ...["--skipLibCheck", "--types", "node", ...options, "index.ts"],
    ],
    folder,
  );

async function must(
  command: string,
  args: readonly string[],
  cwd = checkout,
): Promise<void> {
  const { code, stdout, stderr } = await run(command, args, { cwd });
  assert.equal(code, 0, `${command} ${args.join(" ")}\n${stdout}\n${stderr}`);
}
