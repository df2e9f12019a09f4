import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { UsageError } from "../../../commands/command-line/options";
import { configText } from "../../../commands/deploy/config-copy";
import { readOptions } from "../../../commands/deploy/options";
import { accountOptions } from "../../../commands/deploy/recover-options";

const read = (...args: readonly string[]) => {
  const options = readOptions("deploy", args);
  assert.notEqual(options, "help");
  return options as Exclude<typeof options, "help">;
};

describe("what deploy and preview are told", () => {
  it("is names with commas or one by one", () => {
    const { only } = read("--only", "a, b,", "--only", "c");
    assert.deepEqual(only, ["a", "b", "c"]);
  });

  it("is config of every stack, in which a value may have = in it", () => {
    assert.deepEqual(read("--config", "tags=a=b").settings, [["tags", "a=b"]]);
  });

  it("is how recover reaches the accounts, too", () => {
    const reached = (...config: readonly string[]) =>
      accountOptions(
        read(...config.flatMap((one) => ["--config", one])).settings,
      );
    assert.deepEqual(
      reached("acme:deploymentRole=a", "deploymentRole=b", "tags=c"),
      ["--role", "b"],
    );
    assert.deepEqual(reached("acme:webIdentityTokenFile=/some token"), [
      "--token-file",
      "/some token",
    ]);
    assert.deepEqual(reached("acme:deploymentRole=none"), []);
  });

  const wrong: readonly (readonly string[])[] = [
    ["--config", "novalue"],
    ["--config", "=value"],
    ["--parallel", "0"],
    ["--parallel", "many"],
    ["--jobs", "257"],
    ["--rules", "/no/such/file"],
    ["--every"],
    ["account"],
  ];
  for (const args of wrong) {
    it(`is refused: ${args.join(" ")}`, () => {
      assert.throws(() => read(...args), UsageError);
    });
  }

  it("is no change of AWS to a preview", () => {
    for (const option of ["--changed", "--recover", "--matrix"]) {
      assert.throws(() => readOptions("preview", [option]), UsageError);
    }
    assert.equal(readOptions("preview", ["--help"]), "help");
  });
});

describe("the config that Pulumi is given", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "config copy "));
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  const copied = (
    text: string | undefined,
    ...settings: [string, string][]
  ) => {
    const stackFile = join(folder, text === undefined ? "none" : "file");
    if (text !== undefined) writeFileSync(stackFile, text);
    const project = { name: "acme", config: {}, stackFile };
    return parse(configText(project, settings)) as unknown;
  };

  it("is empty for a stack without a file", () => {
    assert.deepEqual(copied(undefined), {});
    assert.deepEqual(copied(""), {});
  });

  it("is all of the stack's file", () => {
    const text = "encryptionsalt: s\nconfig:\n  acme:a: [1]\n  aws:b: c\n";
    assert.deepEqual(copied(text), parse(text));
  });

  it("has what was given by --config over it, in the project's own namespace", () => {
    assert.deepEqual(
      copied("config:\n  acme:a: b\n", ["a", "c=d"], ["aws:region", "e"]),
      { config: { "acme:a": "c=d", "aws:region": "e" } },
    );
    assert.deepEqual(copied(undefined, ["a", "007"]), {
      config: { "acme:a": "007" },
    });
  });
});
