import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { dirname, join } from "node:path";
import { preProcessFile } from "typescript";
import { parse } from "yaml";
import { checkout } from "../../sandbox/engine/paths";
import { lockedPackages } from "./shipped-packages";

const text = (file: string): string =>
  readFileSync(join(checkout, file), "utf8");

const tracked = (pattern: string): readonly string[] =>
  execFileSync("git", ["ls-files", pattern], {
    cwd: checkout,
    encoding: "utf8",
  })
    .split("\n")
    .filter(Boolean);

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

const manifest = (file: string): Readonly<Record<string, string>> => {
  const { dependencies, devDependencies } = JSON.parse(text(file)) as Manifest;
  return { ...dependencies, ...devDependencies };
};

interface Updates {
  readonly "package-ecosystem": string;
  readonly directory?: string;
  readonly directories?: readonly string[];
  readonly groups: Readonly<
    Record<string, { readonly patterns: readonly string[] }>
  >;
}

const { updates } = parse(text(".github/dependabot.yml")) as {
  readonly updates: readonly Updates[];
};

/** The folders, from the root on, in which Dependabot looks for an ecosystem's files. */
const foldersOf = (ecosystem: string): readonly string[] =>
  updates
    .filter((one) => one["package-ecosystem"] === ecosystem)
    .flatMap(({ directory, directories = [] }) => [
      ...directories,
      ...(directory === undefined ? [] : [directory]),
    ])
    .sort();

const foldersWith = (file: string): readonly string[] =>
  [...tracked(file), ...tracked(`*/${file}`)]
    .map((path) => join("/", dirname(path)))
    .sort();

/** The packages that a file takes something of, be it a type. */
const packagesIn = (file: string): readonly string[] =>
  preProcessFile(text(file), true, true)
    .importedFiles.map(({ fileName }) => fileName)
    .filter((name) => !name.startsWith(".") && !isBuiltin(name))
    .map((name) => /^(@[^/]+\/)?[^/]+/.exec(name)?.[0] ?? name);

describe("the dependencies", () => {
  it("are declared, each that a file imports: only npm puts others where they are found too", () => {
    const declared = new Set(Object.keys(manifest("package.json")));
    const imported = ["ts", "js", "mjs"]
      .flatMap((ending) => tracked(`*.${ending}`))
      // Run by clients that are installed by hand.
      .filter((file) => !file.startsWith("test/sandbox/clients/programs/"))
      .flatMap((file) => packagesIn(file).map((name) => ({ file, name })));
    assert.ok(imported.length > 100);
    assert.deepEqual(
      imported.filter(
        ({ name }) =>
          lockedPackages.has(`node_modules/${name}`) && !declared.has(name),
      ),
      [],
    );
  });

  it("are updated wherever there are any", () => {
    assert.deepEqual(foldersOf("npm"), foldersWith("package.json"));
    assert.deepEqual(foldersOf("gomod"), foldersWith("go.mod"));
    assert.deepEqual(foldersOf("github-actions"), ["/"]);
  });

  it("are updated together where they only work together", () => {
    const groups = updates.find(
      (one) => one["package-ecosystem"] === "npm",
    )?.groups;
    assert.ok(groups);
    // As Dependabot does: the first group with a pattern that fits.
    const groupOf = (name: string): string | undefined =>
      Object.entries(groups).find(([, { patterns }]) =>
        patterns.some((pattern) =>
          pattern.endsWith("*")
            ? name.startsWith(pattern.slice(0, -1))
            : name === pattern,
        ),
      )?.[0];
    const names = Object.keys(manifest("package.json"));
    const together = (group: string): readonly string[] =>
      names.filter((name) => groupOf(name) === group).sort();
    assert.deepEqual(together("pulumi"), [
      "@pulumi/aws",
      "@pulumi/awsguard",
      "@pulumi/policy",
      "@pulumi/pulumi",
      "pulumi",
    ]);
    assert.deepEqual(together("lint-and-format"), [
      "@eslint/js",
      "eslint",
      "globals",
      "prettier",
      "typescript-eslint",
    ]);
    for (const group of Object.keys(groups)) {
      assert.ok(together(group).length > 0, `${group} is no package's group`);
    }
    assert.ok(names.every((name) => groupOf(name) !== undefined));
  });

  it("have one version of Pulumi, from whichever registry it comes", () => {
    const { pulumi: version = "?", "@pulumi/pulumi": sdk } =
      manifest("package.json");
    assert.equal(sdk, version);
    const module = text("sandbox/engine/cli/go.mod");
    const required = [
      ...module.matchAll(
        /github\.com\/pulumi\/pulumi\/(?:pkg|sdk)\/v3 v(\S+)/g,
      ),
    ];
    assert.deepEqual(
      required.map(([, named]) => named),
      [version, version],
    );
    const pinned = JSON.parse(text("sandbox/engine/checksums.json")) as {
      readonly version: string;
    };
    assert.equal(
      pinned.version,
      version,
      "Fix: take the SHA-256 of each system from the release's own checksums file",
    );
    const workflow = text(".github/workflows/check-stack.yml");
    assert.ok(workflow.includes(`default: ${version}\n`));
  });

  it("have one version of Node.js, which the workflows and .nvmrc name", () => {
    const version = text(".nvmrc").trim();
    assert.match(version, /^\d+$/);
    const named = tracked(".github/workflows/*.yml").flatMap((file) => [
      ...text(file).matchAll(/node-version: (\d+)$/gm),
    ]);
    assert.ok(named.length > 0);
    assert.deepEqual(
      new Set(named.map(([, major]) => major)),
      new Set([version]),
    );
  });
});
