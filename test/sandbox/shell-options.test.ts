import assert from "node:assert/strict";
import { shellOptions, type ShellOptions } from "../../sandbox/shell-options";

/** What was typed, and what it asks for; a pattern: it is refused so. */
const cases: readonly (readonly [
  readonly string[],
  Partial<ShellOptions> | RegExp,
])[] = [
  [[], {}],
  [["--messy"], { messy: true }],
  [["--help"], { help: true }],
  [["-h", "--messy"], { messy: true, help: true }],
  [
    ["--latency", "150-450", "--seed", "7"],
    { faults: { seed: 7, latency: { least: 150, most: 450 }, rules: [] } },
  ],
  [
    ["--latency=300", "--faults", "throttling,slow"],
    {
      faults: {
        seed: 1,
        latency: { least: 300, most: 300 },
        rules: [
          { kind: "throttling", rate: 0.2 },
          { kind: "slow", rate: 0.1, milliseconds: 5_000 },
        ],
      },
    },
  ],
  [["--latency", "fast"], /^--latency: expected milliseconds.*"fast"/],
  [["--latency", "450-150"], /^--latency: .*"450-150"/],
  [["--faults", "rain"], /^--faults: expected some of throttling,.*"rain"/],
  [["--faults", "constructor"], /^--faults: .*"constructor"/],
  [["--seed", "-1"], /ambiguous/],
  [["--seed", "one"], /^--seed: expected a whole number, found "one"/],
  [["--mesy"], /^Unknown option '--mesy'[^]*\n {2}--messy +keeps an account/],
  [["messy"], /^Unexpected argument 'messy'[^]*--help/],
  [["--messy=yes"], /does not take an argument[^]*--messy/],
];

describe("what npm run sandbox is asked for", () => {
  it("is refused where npm has kept it for itself", () => {
    const kept = { npm_config_messy: "true", npm_config_seed: "7" };
    const refusal = shellOptions([], kept);
    assert.match(
      typeof refusal === "string" ? refusal : "",
      /^npm has kept --messy --seed for itself, and nothing was done\. Fix: .*npm run sandbox -- --messy --seed\n/,
    );
  });

  for (const [typed, asked] of cases) {
    it(`${asked instanceof RegExp ? "refuses" : "takes"} "${typed.join(" ")}"`, () => {
      const options = shellOptions(typed, {});
      if (!(asked instanceof RegExp))
        assert.deepEqual(options, {
          messy: false,
          help: false,
          faults: undefined,
          ...asked,
        });
      else assert.match(typeof options === "string" ? options : "", asked);
    });
  }
});
