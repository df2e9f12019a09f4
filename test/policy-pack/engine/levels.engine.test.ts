import assert from "node:assert/strict";
import { GetRoleCommand, type Role } from "@aws-sdk/client-iam";
import { rules } from "../../../policy-pack/rules";
import type { Stack } from "../../../sandbox/stack";
import { administratorOf } from "../../../sandbox/tour/people";
import { byTheEngine } from "../../run/whole-tests";
import { assertFindings } from "./assert-findings";
import { JudgedSandbox } from "./judged";
import { levelCases, type Preview } from "./level-cases";
import { sample } from "./samples";

const devId = "222222222222";

describe("the policy pack, by what its config says", () => {
  let sandbox: JudgedSandbox;

  before(async () => {
    sandbox = await JudgedSandbox.start();
  });

  after(async () => {
    await sandbox.close();
  });

  /** A role as it is in the account. */
  async function deployed(name: string): Promise<Role | undefined> {
    const iam = await administratorOf(sandbox.sandbox.aws, devId);
    return (await iam.send(new GetRoleCommand({ RoleName: name }))).Role;
  }

  const roleNames = (): readonly string[] => [
    ...(sandbox.sandbox.aws.cloud.accounts.get(devId)?.roles.keys() ?? []),
  ];

  const documentOf = (role: Role | undefined): TrustPolicy =>
    JSON.parse(
      decodeURIComponent(role?.AssumeRolePolicyDocument ?? ""),
    ) as TrustPolicy;

  const stacks = new Map<string, Promise<Stack>>();
  const preview: Preview = async (one, settings) => {
    const stack = stacks.get(one.name) ?? sandbox.stack(one);
    stacks.set(one.name, stack);
    return sandbox.preview(await stack, settings);
  };

  for (const one of byTheEngine(levelCases, ({ does }) => does, [
    "warns of a rule that is advisory, and lets the stack pass",
    "lets pass what is exempt, and stops it the day after the exemption ends",
  ])) {
    it(one.does, () => one.try(preview));
  }

  it("lets nothing pass when the policy is switched off that tells the rules what they go by", async () => {
    const stack = await sandbox.stack(sample("compliant"));
    const judged = await sandbox.preview(stack, { organisation: "disabled" });
    assert.notEqual(judged.code, 0, judged.output);
    assert.ok(judged.findings.some(({ rule }) => rule === "people-need-mfa"));
    const levelOf = new Map(
      rules.map((one) => [one.name, one.enforcementLevel]),
    );
    for (const { rule, level, resource, text } of judged.findings) {
      assert.equal(level, levelOf.get(rule), rule);
      assert.equal(resource, "");
      assert.match(text, /organisation/);
    }
  });

  it("decides what is not known at the preview when the update knows it, before anything is open", async () => {
    const { findings } = sample("not-known-before-up");
    const stack = await sandbox.stack(sample("not-known-before-up"));

    const before = await sandbox.preview(stack);
    assert.equal(before.code, 0, before.output);
    const undecided = before.findings.filter(
      ({ rule }) => rule === "people-need-mfa",
    );
    assert.deepEqual(
      undecided.map(({ resource }) => resource),
      ["reports"],
    );
    for (const { level, text } of before.findings) {
      assert.equal(level, "advisory");
      assert.match(text, /assumeRolePolicy can't be known during preview/);
    }

    const after = await sandbox.up(stack);
    assert.notEqual(after.code, 0, after.output);
    assertFindings(after, findings);
    assert.ok(roleNames().includes("Worker"));
    assert.ok(!roleNames().includes("Reports"));
  });

  it("adds the MFA condition where it is missing, and changes nothing else", async () => {
    const rule = "people-need-mfa";
    const stack = await sandbox.stack(sample(rule));
    const open = await sandbox.up(stack, { [rule]: "advisory" });
    assert.equal(open.code, 0, open.output);
    const before = documentOf(await deployed("Support"));

    const remediated = await sandbox.up(stack, { [rule]: "remediate" });
    assert.equal(remediated.code, 0, remediated.output);
    assert.deepEqual(remediated.remediated, { [rule]: 1 });
    assert.deepEqual(remediated.findings, []);
    const [people, office] = before.Statement;
    assert.deepEqual(documentOf(await deployed("Support")), {
      ...before,
      Statement: [
        people,
        {
          ...office,
          Condition: {
            ...office?.Condition,
            Bool: { "aws:MultiFactorAuthPresent": "true" },
          },
        },
      ],
    });
  });

  it("shortens an administrator's session to what the config allows, and changes nothing else", async () => {
    const rule = "sessions-are-limited";
    const stack = await sandbox.stack(sample(rule));
    const long = await sandbox.up(stack, { [rule]: "advisory" });
    assert.equal(long.code, 0, long.output);
    const before = await deployed("OpsSudo");
    assert.equal(before?.MaxSessionDuration, 4 * 3600);

    const remediated = await sandbox.up(stack, { [rule]: "remediate" });
    assert.equal(remediated.code, 0, remediated.output);
    assert.deepEqual(remediated.remediated, { [rule]: 1 });
    assert.deepEqual(remediated.findings, []);
    assert.deepEqual(await deployed("OpsSudo"), {
      ...before,
      MaxSessionDuration: 3600,
    });
  });
});

interface TrustPolicy {
  readonly Statement: readonly { readonly Condition?: object }[];
}
