import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parse } from "yaml";
import { configKeys } from "../../infra/config";
import { organisationSchema } from "../../policy-pack/organisation/config";
import { rules } from "../../policy-pack/rules";
import { checkout } from "../../sandbox/engine/paths";

const text = (file: string): string =>
  readFileSync(join(checkout, file), "utf8");

/** The names in the first column of each table below a heading. */
function tableBelow(file: string, heading: string): readonly string[] {
  const [, below = ""] = text(file).split(`\n${heading}\n`);
  const [section = ""] = below.split(/\n## /);
  const [table = ""] = /(?:^\|.*\n)+/m.exec(section) ?? [];
  return [...table.matchAll(/^\| `([\w-]+)`/gm)].map(([, name = ""]) => name);
}

const documents = execFileSync("git", ["ls-files", "*.md"], {
  cwd: checkout,
  encoding: "utf8",
})
  .split("\n")
  .filter(Boolean);

describe("the documents", () => {
  it("tell of every config key, and of no other", () => {
    const told = tableBelow("README.md", "## Config reference");
    assert.deepEqual([...told].sort(), [...configKeys].sort());
  });

  it("have the config keys that Pulumi.yaml declares", () => {
    const { config } = parse(text("Pulumi.yaml")) as { config: object };
    const declared = Object.keys(config).filter((key) => !key.includes(":"));
    assert.deepEqual(declared.sort(), [...configKeys].sort());
  });

  it("tell of every fact that the policy pack's config may have", () => {
    const told = tableBelow("policy-pack/README.md", "## Config");
    const known = Object.keys(organisationSchema.properties);
    assert.deepEqual([...told].sort(), known.sort());
  });

  it("tell of every rule", () => {
    const told = tableBelow("policy-pack/README.md", "## The rules");
    const names = rules.map(({ name }) => name);
    assert.deepEqual([...told].sort(), ["organisation", ...names].sort());
  });

  it("name the version of the AWS plugin that the program is written for", () => {
    const { dependencies } = JSON.parse(text("package.json")) as {
      readonly dependencies: Readonly<Record<string, string>>;
    };
    const version = dependencies["@pulumi/aws"] ?? "?";
    assert.ok(text("README.md").includes(`resource aws ${version}`));
  });

  for (const file of documents) {
    it(`leads only to files that are there: ${file}`, () => {
      const links = [...text(file).matchAll(/\]\((?!https?:)([^)#]+)[^)]*\)/g)];
      for (const [, link = ""] of links) {
        assert.ok(existsSync(join(checkout, dirname(file), link)), link);
      }
    });
  }
});
