import assert from "node:assert/strict";
import { refuseKeptByNpm } from "../../../commands/command-line/options";

const options = ["apply", "key-age", "json", "no-policy-pack"];

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
    "an option",
    { npm_config_apply: "true" },
    'npm has kept --apply for itself, and nothing was done. Fix: put what is for the command behind " -- ": npm run adopt -- --apply',
  ],
  [
    "two, and one with a hyphen",
    { npm_config_apply: "", npm_config_key_age: "30" },
    'npm has kept --apply --key-age for itself, and nothing was done. Fix: put what is for the command behind " -- ": npm run adopt -- --apply --key-age',
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
        refuseKeptByNpm(options, { npm_lifecycle_event: "adopt", ...kept });
      };
      if (message === undefined) assert.doesNotThrow(refuse);
      else assert.throws(refuse, { name: "UsageError", message });
    });
  }

  it("are none where npm does not run the command", () => {
    assert.doesNotThrow(() => {
      refuseKeptByNpm(options, { npm_config_apply: "true" });
    });
  });
});
