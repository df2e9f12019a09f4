/**
 * `npm run release -- <major | minor | patch | version>`: everything that names the version, in step. npm
 * has the version of the program and of the policy pack; CHANGELOG.md gets the day, the pack the address
 * of this repository, and the program is kept for the tests of later upgrades. Commits nothing.
 */
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { nextVersion, withRelease } from "./changelog";
import {
  checkout,
  keptFile,
  keptVersions,
  manifestOf,
  printedBy,
  textOf,
} from "./checkout";
import { addressOf } from "./remote";
import { repositoryUrl } from "./readiness";

/** What a release's program is deployed with later. */
const program = [
  "infra",
  "Pulumi.yaml",
  "package.json",
  "tsconfig.json",
  "test/upgrade/stacks",
];

/** This release's, and those of the two before. */
const keptAtMost = 3;

const setVersion = (version: string, folder: string): string =>
  printedBy(
    "npm",
    ["version", version, "--no-git-tag-version", "--allow-same-version"],
    join(checkout, folder),
  );

function prepare(wanted: string): string {
  if (printedBy("git", ["status", "--porcelain"]).trim() !== "") {
    throw new Error(
      "The checkout: found changes that are not committed; expected none. Fix: commit them, or git stash.",
    );
  }
  const address = addressOf(printedBy("git", ["remote", "get-url", "origin"]));
  const today = new Date().toISOString().slice(0, 10);
  const changelog = textOf("CHANGELOG.md");
  const version = nextVersion(manifestOf("package.json").version, wanted);
  const released = withRelease(changelog, version, today);
  for (const folder of [".", "policy-pack"]) setVersion(version, folder);
  writeFileSync(join(checkout, "CHANGELOG.md"), released);
  nameRepository(address);
  keepProgram(version);
  return version;
}

function nameRepository(address: string): void {
  const file = "policy-pack/package.json";
  const named = {
    ...manifestOf(file),
    homepage: `${address}/tree/HEAD/policy-pack`,
    bugs: `${address}/issues`,
    repository: {
      type: "git",
      url: repositoryUrl(address),
      directory: "policy-pack",
    },
  };
  writeFileSync(
    join(checkout, file),
    `${JSON.stringify(named, undefined, 2)}\n`,
  );
}

function keepProgram(version: string): void {
  const output = keptFile(version);
  printedBy("git", [
    ...["archive", "--format=tar.gz", `--output=${output}`, "HEAD"],
    ...program,
  ]);
  for (const old of keptVersions().slice(0, -keptAtMost)) {
    rmSync(join(checkout, keptFile(old)));
  }
}

const [wanted = ""] = process.argv.slice(2);
if (!/^(major|minor|patch|\d+\.\d+\.\d+)$/.test(wanted)) {
  console.error(
    `The version: found "${wanted}"; expected major, minor, patch or one as 0.2.0. Fix: npm run release -- minor`,
  );
  process.exitCode = 1;
} else {
  try {
    const version = prepare(wanted);
    console.log(
      `${version} is prepared. Look at it (git diff), and have it merged; then, on the merged commit:\n` +
        `  git tag --sign v${version} --message v${version}\n` +
        `  git push origin v${version}`,
    );
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
