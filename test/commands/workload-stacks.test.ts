import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  readWorkloadStacks,
  refuseOtherAccounts,
} from "../../commands/workload-stacks";
import { planAlarms } from "../../infra/alarms";
import {
  ConfigError,
  parseConfig,
  type WorkloadConfig,
} from "../../infra/config";
import { readRawConfigFromFiles } from "../../infra/config/from-files";
import { workloadStacks } from "../../sandbox/project";

const project = (further = "") => `name: acme
config:
  stack: { type: string, default: "" }
  bastionAccountId: { type: string, default: "111111111111" }
  accounts:
    type: object
    default:
      dev: { id: "222222222222" }
      stage: { id: "444444444444" }
      prod: { id: "033333333333", roles: [ReadOnly] }
${further}`;

interface Shape {
  readonly what: string;
  readonly project?: string;
  /** The text below `config:`, by stack. */
  readonly files: Readonly<Record<string, string>>;
  readonly stacks: Readonly<Record<string, readonly string[]>>;
}

const shapes: readonly Shape[] = [
  {
    what: "one a stack, of those that no file names",
    files: { bastion: "acme:stack: bastion" },
    stacks: {
      "workload-dev": ["dev"],
      "workload-stage": ["stage"],
      "workload-prod": ["prod"],
    },
  },
  {
    what: "all in one stack that says nothing else",
    files: {
      bastion: "acme:stack: bastion",
      workload: "acme:stack: workload",
    },
    stacks: { workload: ["dev", "stage", "prod"] },
  },
  {
    what: "some in one stack, and one a stack of the others",
    files: { workload: "acme:stack: workload\n  acme:deployTo: [dev, stage]" },
    stacks: { workload: ["dev", "stage"], "workload-prod": ["prod"] },
  },
  {
    what: "none that deployTo of the project leaves out",
    project: project("  deployTo: { type: array, default: [stage] }"),
    files: {},
    stacks: { "workload-stage": ["stage"] },
  },
  {
    what: "by a stack's name, with settings of its own",
    files: { "workload-prod": "acme:tags: { a: b }" },
    stacks: {
      "workload-prod": ["prod"],
      "workload-dev": ["dev"],
      "workload-stage": ["stage"],
    },
  },
  {
    what: "as a file says whose name is an account's too",
    files: {
      "workload-prod":
        "acme:stack: workload\n  acme:deployTo: [dev, stage, prod]",
    },
    stacks: { "workload-prod": ["dev", "stage", "prod"] },
  },
  {
    what: "none by a name that a file has for another account",
    files: {
      "workload-prod": "acme:stack: workload\n  acme:deployTo: [dev, stage]",
    },
    stacks: { "workload-prod": ["dev", "stage"] },
  },
  {
    what: "by name where Pulumi alone has written into a file",
    files: { "workload-prod": "aws:region: eu-west-1", bastion: "{}" },
    stacks: {
      "workload-dev": ["dev"],
      "workload-stage": ["stage"],
      "workload-prod": ["prod"],
    },
  },
];

/** Roles have functions in them. */
const plain = ({ accounts, bastion, breakGlassAlarm }: WorkloadConfig) => ({
  accounts,
  bastion,
  breakGlassAlarm,
});

describe("which stack builds which account", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "stacks of a project "));
    writeFileSync(join(folder, "Pulumi.yaml"), project());
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const write = ({ project: text, files }: Shape) => {
    if (text !== undefined) writeFileSync(join(folder, "Pulumi.yaml"), text);
    for (const [stack, config] of Object.entries(files)) {
      const file = join(folder, `Pulumi.${stack}.yaml`);
      writeFileSync(file, `encryptionsalt: v1:abc\nconfig:\n  ${config}\n`);
    }
  };

  for (const shape of shapes) {
    it(`is told: ${shape.what}`, () => {
      write(shape);
      const found = readWorkloadStacks(folder, "bastion").map(
        ({ name, config }) =>
          [name, config.accounts.map((account) => account.name)] as const,
      );
      assert.deepEqual(Object.fromEntries(found), shape.stacks);
    });
  }

  it("is no bastion by a name that says which account it builds", () => {
    const files = { "workload-dev": "acme:stack: bastion" };
    write({ what: "", files, stacks: {} });
    assert.throws(
      () => readWorkloadStacks(folder, "bastion"),
      /stack\n.*bastion, in Pulumi\.workload-dev\.yaml/,
    );
  });

  it("is of the accounts that the bastion means by their names", () => {
    const known = readWorkloadStacks(folder, "bastion").flatMap(
      ({ config }) => config.organisation.accounts,
    );
    for (const [accounts, isRefused] of [
      ['{ dev: { id: "555555555555" } }', true],
      ['{ other: { id: "222222222222" } }', true],
      ['{ dev: { id: "222222222222" } }', false],
      ['{ other: { id: "555555555555" } }', false],
    ] as const) {
      const files = {
        some: `acme:stack: workload\n  acme:accounts: ${accounts}`,
      };
      write({ what: "", files, stacks: {} });
      const stacks = readWorkloadStacks(folder, "bastion");
      const ask = () => {
        refuseOtherAccounts(known, stacks);
      };
      if (isRefused) assert.throws(ask, ConfigError, accounts);
      else assert.doesNotThrow(ask, accounts);
    }
  });

  it("is what the program makes of each stack by itself", () => {
    const alarm =
      "  breakGlassAlarm: { type: object, default: { enabled: true, accounts: [prod], emails: [oncall@example.org] } }";
    writeFileSync(join(folder, "Pulumi.yaml"), project(alarm));
    const stacks = readWorkloadStacks(folder, "bastion");
    assert.equal(stacks.length, 3);
    for (const { name, config } of stacks) {
      const alone = parseConfig(readRawConfigFromFiles(folder, name, {}));
      assert.ok(alone.stack === "workload");
      assert.deepEqual(plain(config), plain(alone));
      const [account] = config.accounts;
      assert.ok(account);
      const alarms = planAlarms(config, account).length;
      assert.equal(alarms, account.name === "prod" ? 1 : 0);
    }
  });

  it("is told with file and line of what is wrong in Pulumi.yaml", () => {
    writeFileSync(
      join(folder, "Pulumi.yaml"),
      project("  deployTo: { type: array, default: [nowhere] }\n"),
    );
    assert.throws(
      () => readWorkloadStacks(folder, "bastion"),
      (error: unknown) => {
        assert.ok(error instanceof ConfigError);
        assert.deepEqual(
          error.problems.map(({ path, place }) => [path, place]),
          [["deployTo[0]", "Pulumi.yaml:11"]],
        );
        return true;
      },
    );
  });

  for (const shape of shapes.filter(
    ({ what }) => !/another account|Pulumi alone/.test(what),
  )) {
    it(`is read likewise by the sandbox: ${shape.what}`, () => {
      write({
        ...shape,
        files: { ...shape.files, bastion: "acme:stack: bastion" },
      });
      assert.deepEqual(
        [...workloadStacks(folder)].sort(),
        Object.keys(shape.stacks).sort(),
      );
    });
  }
});
