import assert from "node:assert/strict";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { buildTemplate } from "../../examples/template/build";
import { configKeys } from "../../infra/config";
import { checkout } from "../../sandbox/engine/paths";

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
}

describe("the template for pulumi new", () => {
  let parent: string;
  let folder: string;
  const text = (name: string, from = folder): string =>
    readFileSync(join(from, name), "utf8");

  before(() => {
    parent = mkdtempSync(join(tmpdir(), "template "));
    folder = join(parent, "made");
    buildTemplate(folder);
  });
  after(() => {
    rmSync(parent, { recursive: true });
  });

  it("asks for the two ids, which are keys of the config without a default", () => {
    const { template, config } = parse(text("Pulumi.yaml")) as {
      readonly template: { readonly config: object };
      readonly config: Readonly<Record<string, { readonly default?: unknown }>>;
    };
    const asked = Object.keys(template.config);
    assert.deepEqual(asked, ["bastionAccountId", "workloadAccountId"]);
    for (const key of asked) assert.equal(config[key]?.default, "");
    assert.deepEqual(config["accounts"]?.default, {});
  });

  it("has every key of the config, and no account of the example", () => {
    const { config } = parse(text("Pulumi.yaml")) as {
      readonly config: object;
    };
    const own = Object.keys(config).filter((key) => !key.includes(":"));
    assert.deepEqual(own, Object.keys(declaredHere()));
    assert.doesNotMatch(text("Pulumi.yaml"), /\d{12}|npm test/);
  });

  const declaredHere = (): object =>
    Object.fromEntries(
      Object.entries(
        (parse(text("Pulumi.yaml", checkout)) as { readonly config: object })
          .config,
      ).filter(([key]) => !key.includes(":")),
    );

  it("has people, by keys that are those of a project of any name", () => {
    const { config } = parse(text("Pulumi.bastion.yaml")) as {
      readonly config: object;
    };
    const keys = Object.keys(config);
    assert.ok(keys.includes("users"));
    const known: readonly string[] = configKeys;
    assert.deepEqual(
      keys.filter((key) => !known.includes(key)),
      [],
    );
  });

  it("has the packages that the program loads, at this checkout's versions", () => {
    const { dependencies } = JSON.parse(text("package.json")) as Manifest;
    assert.deepEqual(Object.keys(dependencies).sort(), [
      "@pulumi/aws",
      "@pulumi/pulumi",
      "fastest-levenshtein",
      "typescript",
      "yaml",
      "zod",
    ]);
    const here = JSON.parse(text("package.json", checkout)) as Manifest;
    for (const [name, version] of Object.entries(dependencies)) {
      assert.equal(version, here.dependencies[name], name);
    }
  });

  it("has the program, its license, and no link to what is not there", () => {
    assert.ok(existsSync(join(folder, "infra/index.ts")));
    assert.ok(existsSync(join(folder, "LICENSE")));
    for (const page of ["README.md", "docs/config.md"]) {
      assert.doesNotMatch(text(page), /\]\((?!#|https:)/);
    }
    assert.match(text("Pulumi.yaml"), /docs\/config\.md/);
  });

  it("is not put over what is there", () => {
    const full = join(parent, "full");
    mkdirSync(full);
    writeFileSync(join(full, "mine.txt"), "");
    assert.throws(() => {
      buildTemplate(full);
    }, /full: found files, expected an empty folder or none\. Fix: /);
  });
});
