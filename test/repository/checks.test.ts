import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { checkout } from "../../sandbox/engine/paths";

const json = (file: string): unknown =>
  JSON.parse(readFileSync(join(checkout, file), "utf8"));

const dependenciesIn = (file: string): Readonly<Record<string, string>> =>
  (json(file) as { readonly dependencies: Readonly<Record<string, string>> })
    .dependencies;

describe("the repository", () => {
  it("pins exact versions", () => {
    const { dependencies, devDependencies } = json("package.json") as Record<
      string,
      Readonly<Record<string, string>>
    >;
    for (const [name, version] of Object.entries({
      ...dependencies,
      ...devDependencies,
    })) {
      assert.match(version, /^\d+\.\d+\.\d+/, name);
    }
  });

  it("gives the policy pack the versions that it is tested with, and nothing of AWS's provider", () => {
    const root = json("package.json") as {
      readonly devDependencies: Readonly<Record<string, string>>;
    };
    const tested = {
      ...root.devDependencies,
      ...dependenciesIn("package.json"),
    };
    const pack = Object.entries(dependenciesIn("policy-pack/package.json"));
    assert.deepEqual(
      pack,
      pack.map(([name]) => [name, tested[name]]),
    );
    assert.deepEqual(
      pack.map(([name]) => name),
      ["@pulumi/policy", "@pulumi/pulumi", "yaml"],
    );
    const compiled = filesIn("policy-pack/bin");
    assert.ok(compiled.length > 50);
    for (const file of compiled) {
      const loaded = [
        ...readFileSync(file, "utf8").matchAll(/require\("([^."][^"]*)"\)/g),
      ];
      for (const [, name = ""] of loaded) {
        assert.match(
          name,
          /^(@pulumi\/(policy|pulumi)(\/.*)?|yaml|node:.*)$/,
          file,
        );
      }
    }
  });
});

/** What npm scripts compile of the pack before the tests. */
const filesIn = (folder: string): readonly string[] =>
  readdirSync(join(checkout, folder), { recursive: true })
    .map(String)
    .filter((file) => file.endsWith(".js"))
    .map((file) => join(checkout, folder, file));
