import assert from "node:assert/strict";
import { GetRoleCommand, type Role } from "@aws-sdk/client-iam";
import { rules } from "../../../policy-pack/rules";
import { administratorOf } from "../../../sandbox/tour/people";
import { assertFindings } from "./assert-findings";
import { JudgedSandbox } from "./judged";
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

  it("warns of a rule that is advisory, and lets the stack pass", async () => {
    const rule = "federation-is-pinned";
    const stack = await sandbox.stack(sample(rule));
    const judged = await sandbox.preview(stack, { [rule]: "advisory" });
    assertFindings(judged, sample(rule).findings);
    assert.equal(judged.code, 0, judged.output);
    assert.ok(judged.findings.every(({ level }) => level === "advisory"));
  });

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

  it("lets pass what is exempt, and stops it the day after the exemption ends", async () => {
    const rule = "no-escalation-by-role-chaining";
    const stack = await sandbox.stack(sample(rule));
    const exemptions = sample(rule).findings.map((finding) => ({
      rule: finding.rule,
      stack: `shop/${rule}`,
      resource: finding.resource,
      reason: "Moves to OIDC",
      until: "9999-12-31",
    }));
    const exempt = await sandbox.preview(stack, {
      organisation: { exemptions },
    });
    assert.equal(exempt.code, 0, exempt.output);
    assert.deepEqual(exempt.findings, []);

    const ended = exemptions.map((one) => ({ ...one, until: "2026-01-31" }));
    const expired = await sandbox.preview(stack, {
      organisation: { exemptions: ended },
    });
    assert.notEqual(expired.code, 0, expired.output);
    const isEnded = ({ rule }: { rule: string }) => rule === "organisation";
    const told = expired.findings.filter(isEnded);
    assert.equal(told.length, ended.length);
    for (const { text } of told) {
      assert.match(text, /expired on 2026-01-31 \(Moves to OIDC\)/);
    }
    const others = expired.findings.filter((one) => !isEnded(one));
    assertFindings({ ...expired, findings: others }, sample(rule).findings);
  });

  it("knows a vendor by the account and the external id that the config names", async () => {
    const rule = "known-accounts-only";
    const stack = await sandbox.stack(sample(rule));
    const vendors = [{ account: "444455556666", externalIds: ["acme-1"] }];
    const judged = await sandbox.preview(stack, {
      organisation: { accounts: ["222222222222", "777788889999"], vendors },
    });
    // The courier's account is known now; the consultants are, but come without their id.
    assert.notEqual(judged.code, 0, judged.output);
    assertFindings(judged, [
      {
        rule: "vendors-need-an-external-id",
        resource: "consultants",
        says: ["vendor", "sts:ExternalId"],
      },
    ]);
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
    await stack.destroy();
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
    await stack.destroy();
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
    await stack.destroy();
  });
});

interface TrustPolicy {
  readonly Statement: readonly { readonly Condition?: object }[];
}
