/**
 * `npm run release:build -- <tag> <folder>`: all that a release consists of, into an empty folder: the
 * pack's tarball, the program's template, the bill of materials, the checksums and the notes. Refuses a
 * tag that the versions, the changelog or the repository's address do not fit.
 */
import { createHash } from "node:crypto";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { keptVersions, manifestOf, printedBy, textOf } from "./checkout";
import { notesOf } from "./notes";
import { problems } from "./readiness";

const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository } =
  process.env;

function problemsOf(tag: string): readonly string[] {
  const pack = manifestOf("policy-pack/package.json");
  return problems({
    tag,
    program: manifestOf("package.json").version,
    lockFile: manifestOf("package-lock.json").version,
    pack: pack.version,
    repository: pack.repository?.url,
    address: server && repository ? `${server}/${repository}` : undefined,
    changelog: textOf("CHANGELOG.md"),
    kept: keptVersions(),
  });
}

/** npm writes the same bytes for the same files. Gives its integrity. */
function packPolicies(folder: string): string {
  const args = ["pack", "./policy-pack", "--json", "--pack-destination"];
  const [packed] = JSON.parse(printedBy("npm", [...args, folder])) as readonly {
    readonly integrity: string;
  }[];
  if (packed === undefined) throw new Error("npm has packed no policy pack");
  return packed.integrity;
}

/** Files in one order, of one owner and of the commit's time: the same bytes for the same commit. */
function packTemplate(version: string, folder: string): void {
  const name = `bastion-account-template-${version}`;
  const work = mkdtempSync(join(tmpdir(), "template-"));
  const made = join(work, name);
  printedBy("npm", ["run", "--silent", "build:template", "--", made]);
  const time = printedBy("git", ["log", "-1", "--format=@%ct"]).trim();
  printedBy("tar", [
    ...["--sort=name", `--mtime=${time}`, "--owner=0", "--group=0"],
    ...["--numeric-owner", "--mode=u=rwX,go=rX", "-C", work],
    ...["-czf", join(folder, `${name}.tar.gz`), name],
  ]);
  rmSync(work, { recursive: true });
}

const checksums = (folder: string): string =>
  readdirSync(folder)
    .sort()
    .map((file) => {
      const bytes = readFileSync(join(folder, file));
      return `${createHash("sha256").update(bytes).digest("hex")}  ${file}\n`;
    })
    .join("");

function build(tag: string, folder: string): void {
  const version = tag.replace(/^v/, "");
  const assets = join(folder, "assets");
  mkdirSync(assets, { recursive: true });
  const integrity = packPolicies(assets);
  const { repository: from } = manifestOf("policy-pack/package.json");
  const address = (from?.url ?? "").replace(/^git\+|\.git$/g, "");
  packTemplate(version, assets);
  writeFileSync(
    join(assets, `bastion-account-${version}.cdx.json`),
    printedBy("npm", ["run", "--silent", "sbom"]),
  );
  writeFileSync(join(assets, "SHA256SUMS"), checksums(assets));
  writeFileSync(
    join(folder, "notes.md"),
    notesOf(textOf("CHANGELOG.md"), { version, integrity, address }),
  );
}

const [tag = "", folder = ""] = process.argv.slice(2);
const wrong =
  folder === ""
    ? ["Fix: npm run release:build -- <tag> <empty folder>"]
    : problemsOf(tag);
if (wrong.length > 0) {
  console.error(wrong.join("\n"));
  process.exitCode = 1;
} else build(tag, resolve(folder));
