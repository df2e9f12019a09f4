import { strict as assert } from "node:assert";
import { join } from "node:path";
import { policies } from "../../policy-pack/policies";
import { ensureEngine, type Engine } from "../../sandbox/engine";
import { checkout } from "../../sandbox/engine/paths";
import { runPulumi } from "../../sandbox/engine/pulumi";
import { byTheEngine } from "../run/whole-tests";
import {
  assertFound,
  cases,
  folder,
  rulesFileOf,
  type Found,
} from "./exports/cases";
import { judged } from "./exports/in-process";

/** With a provider, a config, encrypted secrets, dependencies, resources of aws-native; and with none. */
const few = [
  "aws-native-roles",
  "bastion-administrators-inside",
  "bastion-broken",
  "nothing-of-aws",
  "old-state-people-outside",
  "saml-federation",
];

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
  const rules = rulesFileOf(name);
  const { code, stdout, stderr } = await runPulumi(
    engine,
    [
      ...["policy", "analyze", "--json", "--file", `${name}.json`],
      ...["--policy-pack", join(checkout, "policy-pack")],
      ...(rules === undefined ? [] : ["--policy-pack-config", rules]),
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

describe("the exported state of another team's stack, by pulumi policy analyze", () => {
  let engine: Engine;
  before(async () => {
    engine = await ensureEngine(() => undefined);
  });

  const inOrder = (found: readonly Found[]): readonly string[] =>
    found
      .map(({ rule, resource, message }) => `${rule} ${resource} ${message}`)
      .sort();

  /** As the engine shows them. */
  const described = (found: readonly Found[]): readonly Found[] =>
    found.map((one) => {
      const policy = policies().find(({ name }) => name === one.rule);
      const message = `${policy?.description ?? ""}\n${one.message}`;
      return { ...one, message };
    });

  for (const name of byTheEngine(cases, (one) => one, few)) {
    it(`${name} has the findings that were expected, and no others`, async () => {
      const found = await analyze(engine, name);
      assertFound(name, found);
      assert.deepEqual(inOrder(found), inOrder(described(judged(name))));
    });
  }
});
