import assert from "node:assert/strict";
import {
  ConfigError,
  parseConfig,
  type Problem,
  type StackConfig,
} from "../../../infra/config";
import { organisation } from "../bad-inputs";
import { rawConfig } from "../config-of";

const parsed = (stackName: string, yaml = ""): StackConfig =>
  parseConfig({ ...rawConfig(organisation + yaml), stackName });

const problemsOf = (stackName: string, yaml?: string): readonly Problem[] => {
  try {
    parsed(stackName, yaml);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
};

/** What a stack of that name, and config of that kind, builds. */
const built: readonly (readonly [
  name: string,
  yaml: string,
  builds: "bastion" | readonly string[],
])[] = [
  ["bastion", "", "bastion"],
  ["workload", "", ["dev", "prod"]],
  ["workload", "deployTo: [dev]", ["dev"]],
  ["workload-dev", "", ["dev"]],
  ["workload-prod", "", ["prod"]],
  ["workload-prod", 'stack: ""', ["prod"]],
  ["workload-dev", "deployTo: [dev]", ["dev"]],
  ["workload-dev", "stack: workload", ["dev", "prod"]],
  ["workload-dev", "stack: workload\ndeployTo: [prod]", ["prod"]],
  ["workload-eu", "stack: workload\ndeployTo: [dev]", ["dev"]],
  ["workload-dev", "stack: bastion", "bastion"],
  ["anything", "stack: workload", ["dev", "prod"]],
];

/** The path of the one problem, and what it says. */
const refused: readonly (readonly [
  name: string,
  yaml: string,
  path: string,
  ...says: readonly RegExp[],
])[] = [
  [
    "test",
    "",
    "stack",
    /a stack named test/,
    /bastion or workload/,
    /<account>\. Fix: .*`pulumi stack rm test`/,
  ],
  ["bastoin", "", "stack", /; the nearest is bastion\. Fix: /],
  ["wrkload-dev", "", "stack", /; the nearest is workload-dev\. Fix: /],
  [
    "workload-stage",
    "",
    "stack",
    /no account stage/,
    /: dev, prod; the nearest is/,
    /Fix: /,
  ],
  ["workload-", "", "stack", /no account /, /dev, prod/],
  ["workload-__proto__", "", "stack", /no account __proto__/],
  [
    "workload-prod",
    "deployTo: [dev]",
    "deployTo",
    /without prod/,
    /Fix: add prod/,
  ],
  ["workload-dev", "stack: both", "stack", /both/, /bastion or workload/],
];

describe("what a stack builds", () => {
  for (const [name, yaml, builds] of built) {
    it(`is ${String(builds)} for ${name}, with ${yaml || "nothing"} of its own`, () => {
      const config = parsed(name, yaml);
      assert.deepEqual(
        config.stack === "bastion"
          ? config.stack
          : config.accounts.map((account) => account.name),
        builds,
      );
    });
  }

  for (const [name, yaml, path, ...says] of refused) {
    it(`is refused for ${name}, with ${yaml || "nothing"} of its own`, () => {
      const problems = problemsOf(name, yaml);
      assert.deepEqual(
        problems.map((problem) => problem.path),
        [path],
      );
      const { found = "", expected = "" } = problems[0] ?? {};
      for (const part of says) assert.match(`${found}\n${expected}`, part);
    });
  }

  it("names only some of a thousand accounts to whoever misspells one", () => {
    const accounts = Array.from(
      { length: 1000 },
      (_, index) => `a${index}: { id: "${200_000_000_000 + index}" }`,
    );
    const yaml = `bastionAccountId: "111111111111"\naccounts: { ${accounts.join(", ")} }`;
    assert.throws(
      () => parseConfig({ ...rawConfig(yaml), stackName: "workload-a1000" }),
      /a11 and 988 more; the nearest is a100/,
    );
  });

  it("says the same of an alarm for all accounts, whichever the stack is named for", () => {
    const alarm =
      "roles: { Analyst: { managedPolicies: [SecurityAudit] } }\nbreakGlassAlarm: { enabled: true, roles: [Analyst] }";
    const accounts = `accounts:\n  dev: { id: "222222222222", roles: [ReadOnly] }\n  prod: { id: "033333333333" }\nbastionAccountId: "111111111111"\n`;
    for (const stackName of ["workload", "workload-dev", "workload-prod"]) {
      const config = parseConfig({ ...rawConfig(accounts + alarm), stackName });
      assert.deepEqual(config.breakGlassAlarm?.accounts, ["dev", "prod"]);
    }
  });
});
