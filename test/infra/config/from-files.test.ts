import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ConfigError, parseConfig, type Problem } from "../../../infra/config";
import { readRawConfigFromFiles } from "../../../infra/config/from-files";

const checkout = join(__dirname, "../../..");

describe("a stack's config, read from its files without Pulumi", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "stack files "));
  });
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const write = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
  };
  const read = (project: string, stack: string) => {
    write("Pulumi.yaml", project);
    write("Pulumi.some.yaml", stack);
    return readRawConfigFromFiles(folder, "some");
  };
  const problemsOf = (action: () => unknown): readonly Problem[] => {
    try {
      action();
    } catch (error) {
      if (error instanceof ConfigError) return error.problems;
      throw error;
    }
    return [];
  };

  it("is right for the committed bastion and workload stacks", () => {
    const bastion = parseConfig(readRawConfigFromFiles(checkout, "bastion"));
    const workload = parseConfig(readRawConfigFromFiles(checkout, "workload"));
    assert.equal(bastion.stack, "bastion");
    assert.deepEqual(
      bastion.organisation.accounts.map(({ id }) => id),
      ["222222222222", "033333333333"],
    );
    assert.ok(bastion.users.some(({ name }) => name === "dolores"));
    assert.equal(workload.stack, "workload");
  });

  it("has the stack's keys over the project's defaults, whole keys at a time", () => {
    const { values } = read(
      `
name: acme
config:
  pulumi:disable-default-providers: { value: ["*"] }
  stack: { type: string, description: which }
  region: { type: string, default: eu-west-1 }
  tags: { type: object, default: { a: "1", b: "2" } }
  acme:accountAlias: plain
  partition: { value: aws-cn }
`,
      `
config:
  acme:stack: bastion
  acme:tags: { a: "3" }
  aws:region: us-west-2
`,
    );
    assert.deepEqual(values, {
      region: "eu-west-1",
      tags: '{"a":"3"}',
      accountAlias: "plain",
      partition: "aws-cn",
      stack: "bastion",
    });
  });

  it("hands over text as text and everything else as JSON; a number is not taken for an id", () => {
    const { values } = read(
      "name: acme",
      `
config:
  acme:quoted: "033333333333"
  acme:number: 033333333333
  acme:list: [1, true, "x"]
  acme:empty:
`,
    );
    assert.deepEqual(values, {
      quoted: "033333333333",
      number: "33333333333",
      list: '[1,true,"x"]',
      empty: "",
    });
  });

  it("knows the keys that the project calls secret", () => {
    const { secretKeys } = read(
      'name: acme\nconfig: { users: { secret: true, default: "x" }, tags: {} }',
      "config: {}",
    );
    assert.deepEqual([...secretKeys], ["users"]);
  });

  it("finds the stack file in the folder that the project names", () => {
    mkdirSync(join(folder, "stacks"), { recursive: true });
    write("stacks/Pulumi.elsewhere.yaml", "config: { acme:stack: workload }");
    write("Pulumi.yaml", "name: acme\nstackConfigDir: stacks");
    assert.deepEqual(readRawConfigFromFiles(folder, "elsewhere").values, {
      stack: "workload",
    });
  });

  it("tells of every encrypted value where it is, and never its text", () => {
    const problems = problemsOf(() =>
      read(
        "name: acme",
        `
config:
  acme:users: { ada: { pgpKey: { secure: c2VjcmV0 } } }
  acme:list: [{ secure: c2VjcmV0 }]
  acme:region: { secure: c2VjcmV0 }
`,
      ),
    );
    assert.deepEqual(
      problems.map(({ path }) => path),
      ["users.ada.pgpKey", "list[0]", "region"],
    );
    assert.doesNotMatch(JSON.stringify(problems), /c2VjcmV0/);
  });

  it("names the stack that is nearest to one without a file", () => {
    write("Pulumi.yaml", "name: acme");
    write("Pulumi.bastion.yaml", "config: {}");
    const [missing] = problemsOf(() =>
      readRawConfigFromFiles(folder, "bastoin"),
    );
    assert.match(missing?.expected ?? "", /; the nearest stack is bastion$/);
  });

  it("says which file is missing, or is not YAML", () => {
    write("Pulumi.yaml", "name: acme");
    const [missing] = problemsOf(() => readRawConfigFromFiles(folder, "none"));
    assert.equal(missing?.path, "Pulumi.none.yaml");
    assert.match(missing.found, /no such file/);
    const [broken] = problemsOf(() => read("name: acme", "config: [1, {"));
    assert.equal(broken?.path, "Pulumi.some.yaml");
    assert.match(broken.found, /line 1/);
  });
});
