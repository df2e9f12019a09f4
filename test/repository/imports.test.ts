import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { ESLint } from "eslint";
import { checkout } from "../../sandbox/engine/paths";

/** ESLint as it is set up here, less the rules that need types: those take as long as the compiler. */
const eslintIn = (folder: string): ESLint =>
  new ESLint({
    cwd: join(checkout, folder),
    ruleFilter: ({ ruleId }) =>
      ruleId.startsWith("project/") || ruleId === "no-restricted-imports",
    overrideConfig: {
      files: ["**/*.ts"],
      languageOptions: { parserOptions: { project: null } },
      linterOptions: { reportUnusedDisableDirectives: "off" },
    },
  });

const eslint = eslintIn(".");

/** What ESLint says of a file that had this text. */
async function found(
  file: string,
  code: string,
  linter = eslint,
): Promise<readonly string[]> {
  const [result] = await linter.lintText(code, {
    filePath: join(checkout, file),
  });
  assert.ok(result, `ESLint does not read ${file}`);
  return result.messages.map(({ message }) => message);
}

const closed: readonly (readonly [string, string])[] = [
  ["infra/groups.ts", "../policy-pack/decide/trust"],
  ["infra/groups.ts", "../commands/accounts/clients"],
  ["infra/start/index.js", "../../sandbox/environment"],
  ["policy-pack/policies.ts", "../infra/config"],
  ["policy-pack/policies.ts", "../commands/accounts/clients"],
  ["policy-pack/rules/index.ts", "../../sandbox/stack"],
  ["commands/verify/report.ts", "../../infra/components/workload-account"],
  ["commands/verify/report.ts", "../../infra/stacks"],
  ["commands/verify/report.ts", "../../infra"],
  ["commands/verify/report.ts", "../../policy-pack/rules"],
  ["commands/verify/report.ts", "../../policy-pack/engine/policy"],
  ["commands/verify/report.ts", "../../sandbox/stack"],
  ["sandbox/tour.ts", "../infra/config"],
  ["sandbox/tour.ts", "../policy-pack/decide/trust"],
  ["sandbox/set-up.js", "../commands/verify/report"],
  ["sandbox/tour.ts", "../test/access/decide"],
];

const open: readonly (readonly [string, string])[] = [
  ["commands/verify/report.ts", "../../infra/config"],
  ["commands/verify/report.ts", "../../infra/groups"],
  ["commands/verify/report.ts", "../../infra/profiles/profiles"],
  ["commands/verify/report.ts", "../../policy-pack/decide/trust"],
  ["commands/verify/report.ts", "../../policy-pack/identities/gather"],
  ["commands/verify/report.ts", "../accounts/clients"],
  ["test/repository/imports.test.ts", "../../commands/verify/report"],
];

describe("the import rules", () => {
  for (const [file, target] of closed) {
    it(`keep ${target} out of ${file}`, async () => {
      const messages = await found(file, loading(file, target));
      assert.equal(messages.length, 1, messages.join("\n"));
      assert.match(messages.join(), /must not import .*Fix: /);
    });
  }

  for (const [file, target] of open) {
    it(`let ${file} import ${target}`, async () => {
      assert.deepEqual(await found(file, loading(file, target)), []);
    });
  }

  it("see every way to import", async () => {
    for (const code of [
      'import "../infra/config";',
      'import type { StackConfig } from "../infra/config";',
      'import { type StackConfig } from "../infra/config";',
      'export { parseConfig } from "../infra/config";',
      'export type * from "../infra/config";',
      'export const config = import("../infra/config");',
      'export const config = require("../infra/config");',
      'import config = require("../infra/config");',
      'export type Config = import("../infra/config").StackConfig;',
      'import "./../sandbox/../infra/config/index";',
    ]) {
      const messages = await found("sandbox/tour.ts", code);
      assert.match(messages.join(), /must not import infra\/config/, code);
    }
  });

  it("hold from whichever folder ESLint is started", async () => {
    const code = 'import "../infra/config";';
    const messages = await found("sandbox/tour.ts", code, eslintIn("sandbox"));
    assert.match(messages.join(), /sandbox\/ must not import infra\/config/);
  });

  it("take what a comment or a text says for no import", async () => {
    const code =
      '// import "../infra/config";\nexport const text = \'import "../infra/config"\';';
    assert.deepEqual(await found("sandbox/tour.ts", code), []);
  });

  it("keep a file from importing itself by others, types as well", async () => {
    for (const code of [
      'import { parseConfig } from "./config";',
      'import type { StackConfig } from "./config";',
      'export type { StackConfig } from "./config/index";',
      'export const config = import("./config");',
    ]) {
      const messages = await found("infra/partition.ts", code);
      assert.equal(messages.length, 1, code);
      assert.match(
        messages.join(),
        /infra\/partition\.ts → infra\/config\/index\.ts → .*infra\/partition\.ts\. Fix: /,
      );
    }
  });

  it("keep a file from importing itself", async () => {
    const messages = await found("infra/partition.ts", 'import "./partition";');
    assert.match(
      messages.join(),
      /partition\.ts → infra\/partition\.ts\. Fix: /,
    );
  });

  it("find no circle where there is none", async () => {
    const code = 'import { partitions } from "../partition";';
    assert.deepEqual(await found("infra/config/schema.ts", code), []);
  });

  it("keep Pulumi out of what decides and of what is a plain fact", async () => {
    for (const file of [
      "infra/documents/trust.ts",
      "infra/profiles/profiles.ts",
      "infra/groups.ts",
      "policy-pack/decide/trust.ts",
      "policy-pack/identities/gather.ts",
    ]) {
      for (const name of ["@pulumi/pulumi", "@pulumi/aws/iam/role"]) {
        const messages = await found(file, `import "${name}";`);
        assert.match(messages.join(), /knows nothing of Pulumi/, file);
      }
    }
  });

  it("say something of every folder with code", async () => {
    const folders = new Set(
      execFileSync("git", ["ls-files", "*/*.ts", "*/*.js", "*/*.mjs"], {
        cwd: checkout,
        encoding: "utf8",
      })
        .split("\n")
        .filter(Boolean)
        .map((file) => file.replace(/\/.*/, "")),
    );
    folders.delete("test");
    assert.ok(folders.size >= 4);
    for (const folder of folders) {
      const code = 'import "../test/access/decide";';
      const messages = await found(`${folder}/a-file.ts`, code);
      assert.equal(messages.length, 1, folder);
    }
  });
});

/** A constant import for a module, and `require` for CommonJS. */
const loading = (file: string, target: string): string =>
  file.endsWith(".js")
    ? `"use strict";\nrequire("${target}");`
    : `import "${target}";`;
