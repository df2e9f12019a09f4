import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { checkout } from "../../../sandbox/engine/paths";
import { refuseKeptByNpm } from "../../../commands/command-line/kept-by-npm";

const options = {
  apply: { type: "boolean" },
  "key-age": { type: "string" },
  stack: { type: "string" },
  json: { type: "boolean" },
  jobs: { type: "string" },
  "no-policy-pack": { type: "boolean" },
} as const;

/** What npm has set, and the error; undefined: there is none. */
const cases: readonly (readonly [
  string,
  Readonly<Record<string, string>>,
  string | undefined,
])[] = [
  ["no option", {}, undefined],
  ["another's option", { npm_config_registry: "https://a" }, undefined],
  [
    "one that people set for all of npm",
    { npm_config_json: "true" },
    undefined,
  ],
  [
    "one that node-gyp has its number by",
    { npm_config_jobs: "max" },
    undefined,
  ],
  [
    "an option",
    { npm_config_apply: "true" },
    'npm has kept --apply for itself, and nothing was done. Fix: put what is for the command behind " -- ": npm run adopt -- --apply',
  ],
  [
    "two, and one with a hyphen",
    { npm_config_apply: "true", npm_config_key_age: "30" },
    'npm has kept --apply --key-age for itself, and nothing was done. Fix: put what is for the command behind " -- ": npm run adopt -- --apply --key-age 30',
  ],
  [
    "one that says no, which npm sets as the other's opposite",
    { npm_config_policy_pack: "" },
    'npm has kept --no-policy-pack for itself, and nothing was done. Fix: put what is for the command behind " -- ": npm run adopt -- --no-policy-pack',
  ],
  [
    "the opposite of one that says no",
    { npm_config_policy_pack: "true" },
    undefined,
  ],
];

describe("options that npm keeps", () => {
  for (const [what, kept, message] of cases) {
    it(`${message === undefined ? "runs with" : "refuses"} ${what}`, () => {
      const refuse = () => {
        refuseKeptByNpm({ options }, { npm_lifecycle_event: "adopt", ...kept });
      };
      if (message === undefined) assert.doesNotThrow(refuse);
      else assert.throws(refuse, { name: "UsageError", message });
    });
  }

  it("are none where npm does not run the command", () => {
    assert.doesNotThrow(() => {
      refuseKeptByNpm({ options }, { npm_config_apply: "true" });
    });
  });

  /** What npm leaves of the arguments, what it sets, and the line to type. */
  const lines: readonly (readonly [
    args: string[],
    kept: Readonly<Record<string, string>>,
    allowPositionals: boolean,
    line: string,
  ])[] = [
    [["dev"], { npm_config_stack: "true" }, false, "--stack dev"],
    [[], { npm_config_stack: "dev" }, false, "--stack dev"],
    [
      ["dev", "30"],
      { npm_config_stack: "true", npm_config_key_age: "true" },
      false,
      "--key-age <value> --stack <value>",
    ],
    [["ada"], { npm_config_apply: "true" }, true, "ada --apply"],
    [["ada", "dev"], { npm_config_stack: "true" }, true, "--stack <value>"],
    [["$(id)"], { npm_config_stack: "true" }, false, "--stack <value>"],
  ];
  for (const [args, kept, allowPositionals, line] of lines) {
    it(`are in the line to type: ${line}, by ${args.join(" ")} ${JSON.stringify(kept)}`, () => {
      const npm = { npm_lifecycle_event: "adopt", ...kept };
      assert.throws(
        () => {
          refuseKeptByNpm({ args, options, allowPositionals }, npm);
        },
        ({ message }: Error) => message.endsWith(`npm run adopt -- ${line}`),
      );
    });
  }

  it("are refused as this npm keeps them", () => {
    for (const [script, args, line] of [
      ["deploy", ["--parallel", "3"], "--parallel 3"],
      ["sandbox", ["--messy"], "--messy"],
    ] as const) {
      const { status, stderr } = spawnSync(
        "npm",
        ["run", "--silent", script, ...args],
        {
          cwd: checkout,
          encoding: "utf8",
          // One that is not refused must not deploy with the login of whoever runs the tests.
          env: { ...process.env, PULUMI_BACKEND_URL: "file:///not-there" },
          shell: process.platform === "win32",
        },
      );
      assert.equal(status, 2);
      const told = `npm run ${script} -- ${line}\n`;
      assert.ok(stderr.includes(told), stderr);
    }
  });
});
