import { strict as assert } from "node:assert";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { ensureEngine, type Engine } from "../../sandbox/engine";
import { checkout } from "../../sandbox/engine/paths";
import { runPulumi } from "../../sandbox/engine/pulumi";

const folder = join(__dirname, "exports");
/** `<case>.json` is judged under `<case>.rules.json`, where there is one. */
const ending = ".expected.json";

interface Expected {
  readonly about: string;
  readonly findings: readonly {
    readonly rule: string;
    /** The resource's name in its stack; "": the stack itself. */
    readonly resource: string;
    readonly says: readonly string[];
  }[];
}

interface Found {
  readonly rule: string;
  readonly resource: string;
  readonly message: string;
}

interface AnalysisEvent {
  readonly policyEvent?: {
    readonly policyName: string;
    readonly resourceUrn?: string;
    readonly message: string;
  };
}

/** As anybody runs it over what was deployed long ago: no login, no program, no provider. */
async function analyze(
  engine: Engine,
  name: string,
): Promise<readonly Found[]> {
  const config = join(folder, `${name}.rules.json`);
  const { code, stdout, stderr } = await runPulumi(
    engine,
    [
      ...["policy", "analyze", "--json", "--file", `${name}.json`],
      ...["--policy-pack", join(checkout, "policy-pack")],
      ...(existsSync(config) ? ["--policy-pack-config", config] : []),
    ],
    { cwd: folder, environment: {} },
  );
  const found = eventsIn(stdout).flatMap(({ policyEvent }) =>
    policyEvent === undefined
      ? []
      : [
          {
            rule: policyEvent.policyName,
            resource: resourceName(policyEvent.resourceUrn ?? ""),
            message: policyEvent.message,
          },
        ],
  );
  // An error of the pack would end the run as well, and hide what it did not come to.
  assert.doesNotMatch(stderr, /failed to run|Error:/);
  assert.equal(code, found.length === 0 ? 0 : 1, stderr);
  return found;
}

const eventsIn = (stdout: string): readonly AnalysisEvent[] =>
  stdout
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line) as AnalysisEvent);

const resourceName = (urn: string): string =>
  urn.includes("::pulumi:pulumi:Stack::") ? "" : (urn.split("::").at(-1) ?? "");

const line = ({ rule, resource }: { rule: string; resource: string }) =>
  `${rule}: ${resource}`;

describe("the exported state of another team's stack", () => {
  let engine: Engine;
  before(async () => {
    engine = await ensureEngine(() => undefined);
  });

  const names = readdirSync(folder)
    .filter((file) => file.endsWith(ending))
    .map((file) => basename(file, ending));

  for (const name of names) {
    it(`${name} has the findings that were expected, and no others`, async () => {
      const { about, findings } = JSON.parse(
        readFileSync(join(folder, name + ending), "utf8"),
      ) as Expected;
      const found = await analyze(engine, name);
      assert.deepEqual(
        found.map(line).sort(),
        findings.map(line).sort(),
        `${about}\n${found.map((one) => `${line(one)}\n${one.message}`).join("\n")}`,
      );
      for (const { rule, resource, says } of findings) {
        const messages = found
          .filter((one) => line(one) === line({ rule, resource }))
          .map(({ message }) => message);
        for (const text of says) {
          assert.ok(
            messages.some((message) => message.includes(text)),
            `${line({ rule, resource })} should say ${text}:\n${messages.join("\n")}`,
          );
        }
      }
    });
  }
});
