import assert from "node:assert/strict";
import fc from "fast-check";
import { planAlarms, planBastionAlarms } from "../../infra/alarms";
import { assignmentsOf } from "../../infra/assignments";
import {
  ConfigError,
  parseConfig,
  type BastionConfig,
  type WorkloadConfig,
} from "../../infra/config";
import { documentText } from "../../infra/documents/policy-document";
import { quotas } from "../../infra/documents/quotas";
import { planGroups } from "../../infra/groups";
import { bastionPipeline, workloadPipeline } from "../../infra/pipeline-access";
import { roleBoundary, userBoundary } from "../../infra/pipeline-boundaries";
import { clientSections } from "../../infra/profiles/section";
import {
  planBastionRoles,
  planMachineRoles,
  planRoles,
} from "../../infra/roles";
import { assumeRole } from "../access/decide";
import { plannedRoles, plannedUsers } from "../access/planned";
import { runs } from "../run/property-tests";
import { rawConfig } from "./config-of";

/** Names that come near to each other, and to the program's own. */
const roleNames = ["Analyst", "analyst", "bastion", "HelpDesk", "Auditor", "a"]
  .concat("pipeline-preview", "x=y", "x,y", "eu-ReadOnly", "r".repeat(64))
  .concat("OrganizationAccountAccessRole", "dev-eu");
const teamNames = ["a", "A", "roles-1", "a-roles-1", "t".repeat(114)];
const userNames = ["ada", "Ada", "bashir", "constructor", "u".repeat(64)];
const accountIds = {
  dev: "222222222222",
  "dev-eu": "033333333333",
  bastion: "444444444444",
  prod: "555555555555",
};
const standard = ["ReadOnly", "PowerUser", "OpsSudo"];
const policyNames = ["reads", "Reads", "account-guard", "Account-Guard"];

const few = (names: readonly string[], most: number) =>
  fc.subarray([...names], { maxLength: Math.min(most, names.length) });
const named = <T>(
  names: readonly string[],
  most: number,
  value: fc.Arbitrary<T>,
) =>
  few(names, most).chain((some) =>
    fc.record(Object.fromEntries(some.map((name) => [name, value]))),
  );
/** Mostly what is plain: one thing that is refused hides all others. */
const mostly = <T>(usual: T, ...others: readonly T[]) =>
  fc.oneof(
    { weight: 6, arbitrary: fc.constant(usual) },
    { weight: 1, arbitrary: fc.constantFrom(usual, ...others) },
  );

const policies = fc.oneof(
  { weight: 4, arbitrary: named(["reads"], 1, fc.constant(9)) },
  { weight: 1, arbitrary: named(policyNames, 2, fc.constantFrom(9, 8_000)) },
);
const role = (partition: string) =>
  fc.oneof(
    fc
      .record({
        inlinePolicies: policies,
        mfaMaxAgeSeconds: fc.constantFrom(60, 900, 43_200, 129_600, "none"),
        managedPolicies: mostly(
          ["SecurityAudit"],
          ["AdministratorAccess"],
          ["SecurityAudit", `arn:${partition}:iam::aws:policy/SecurityAudit`],
        ),
      })
      .map(({ inlinePolicies, ...settings }) => ({
        ...settings,
        inlinePolicies: Object.fromEntries(
          Object.entries(inlinePolicies).map(([name, length]) => [
            name,
            {
              Statement: {
                Effect: "Allow",
                Action: "s3:*",
                Resource: `arn:${partition}:s3:::${"b".repeat(length)}`,
              },
            },
          ]),
        ),
      })),
    fc.constant({
      managedPolicies: ["SecurityAudit"],
      trust: {
        vendor: { accountId: "999999999999", externalId: "acme-7f3a9c21" },
      },
    }),
  );

const accountsOf = fc.oneof(
  fc.subarray(["dev", "dev-eu", "prod"] as const, { minLength: 1 }),
  mostly(["dev"] as const, ["bastion", "dev"] as const),
);

const shape = fc
  .record({
    accounts: accountsOf,
    partition: mostly("aws", "aws-us-gov", "aws-cn"),
    isSingle: mostly(false, true),
    auditor: fc.boolean(),
  })
  .chain((facts) =>
    fc.record({
      facts: fc.constant(facts),
      roles: named(roleNames, 2, role(facts.partition)),
      teams: few(teamNames, 2),
      users: few(userNames, 3),
    }),
  );

const config = shape.chain(({ facts, roles, teams, users }) => {
  const { accounts, partition, isSingle, auditor } = facts;
  const taken = Object.entries(roles)
    .filter(([, one]) => !("trust" in one))
    .map(([name]) => name);
  const grants = fc.array(
    fc.record({
      roles: fc.subarray(
        [...standard, ...taken, ...(auditor ? ["Auditor"] : [])],
        { minLength: 1, maxLength: 3 },
      ),
      accounts: fc.oneof(
        fc.constant("all" as const),
        fc.subarray([...accounts], { minLength: 1 }),
      ),
    }),
    { maxLength: 2 },
  );
  const group = teams.map((team) => `team-${team}`);
  const [team] = teams;
  return fc.record({
    partition: fc.constant(partition),
    auditor: fc.constant(auditor),
    bastionAccountId: fc.constant(
      isSingle ? accountIds[accounts[0]] : "111111111111",
    ),
    accounts: fc.constant(
      Object.fromEntries(
        accounts
          .slice(0, isSingle ? 1 : accounts.length)
          .map((name, index) => [
            name,
            { id: accountIds[name], production: index === 1 },
          ]),
      ),
    ),
    roles: fc.constant(roles),
    everybody: grants,
    teams: fc.record(
      Object.fromEntries(teams.map((name) => [name, fc.record({ grants })])),
    ),
    users: fc.record(
      Object.fromEntries(
        users.map((name) => [
          name,
          fc.record({
            teams: few(teams, 2),
            programmaticAccess: fc.boolean(),
            tags: mostly({}, { Owner: "x" }, { "Help-Desk": "x" }),
          }),
        ]),
      ),
    ),
    tags: mostly<object>({}, { owner: "y" }, { Alarm: "y" }, { "": "y" }),
    keepPoliciesOf: few([...users, ...group, "bastion-users"], 1),
    helpDesk: fc.constantFrom(undefined, team && { team }),
    pipeline: mostly<object | undefined>(undefined, {
      repository: "acme/bastion",
    }),
    breakGlassAlarm: fc.record({ enabled: fc.boolean() }),
  });
});

/** undefined: it is refused, and says why. */
function read(stack: string, values: object) {
  const known = Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined),
  );
  try {
    return parseConfig(rawConfig(JSON.stringify({ ...known, stack })));
  } catch (error) {
    if (error instanceof ConfigError) return undefined;
    throw error;
  }
}

const sum = (texts: readonly string[]): number =>
  texts.reduce((all, { length }) => all + length, 0);
const differ = (what: string, names: readonly string[]): void => {
  const alike = new Set(names.map((name) => name.toLowerCase()));
  assert.equal(alike.size, names.length, `${what}: ${names.join(", ")}`);
};
const fits = (what: string, size: number, most: number): void => {
  assert.ok(size <= most, `${what}: ${size}, of at most ${most}`);
};

interface Planned {
  readonly name: string;
  readonly inlinePolicies: Readonly<Record<string, string>>;
  readonly managedPolicyArns: Readonly<Record<string, string>>;
}

function rolesFit(roles: readonly Planned[]): void {
  differ(
    "roles",
    roles.map(({ name }) => name),
  );
  for (const { name, inlinePolicies, managedPolicyArns } of roles) {
    fits(name, sum(Object.values(inlinePolicies)), quotas.roleInlineCharacters);
    differ(name, Object.keys(inlinePolicies));
    differ(name, Object.values(managedPolicyArns));
  }
}

function bastionFits(bastion: BastionConfig): void {
  const groups = planGroups(bastion);
  differ(
    "groups",
    groups.map(({ name }) => name),
  );
  for (const { name, inlinePolicies } of groups) {
    const texts = Object.values(inlinePolicies).map(documentText);
    fits(name, sum(texts), quotas.groupInlineCharacters);
    fits("name", name.length, 128);
  }
  const { tags } = bastion.organisation;
  for (const user of bastion.users) {
    differ(`tags of ${user.name}`, [
      ...new Set([...Object.keys(tags), ...Object.keys(user.tags)]),
    ]);
  }
  for (const text of Object.values(clientSections(bastion))) {
    const profiles = [...text.matchAll(/^\[profile (.*)\]$/gm)].map(
      ([, name = ""]) => name,
    );
    differ("profiles", profiles);
    // The AWS SDK for JavaScript reads no such profile.
    assert.ok(!profiles.some((name) => /[=,]/.test(name)), profiles.join(" "));
  }
  rolesFit(planBastionRoles(bastion));
  const bounds = userBoundary(bastion);
  if (bounds) fits("bounds", documentText(bounds.document).length, 6_144);
  planBastionAlarms(bastion);
  bastionPipeline(bastion);
}

function workloadFits(workload: WorkloadConfig, bastionId: string): void {
  for (const account of workload.accounts) {
    const { organisation } = workload;
    rolesFit([
      ...planRoles(organisation, account, bastionId),
      ...planMachineRoles(organisation, account),
    ]);
    const bounds = roleBoundary(organisation, account.id);
    if (bounds) fits("bounds", documentText(bounds.document).length, 6_144);
    planAlarms(workload, account);
    workloadPipeline(workload, {
      account,
      bastionAccountId: bastionId,
      hasAlarm: true,
    });
  }
}

/** Who is helped can be taken over by who helps: they reach nothing but what config says, and keep nothing. */
function helpedAreHarmless(bastion: BastionConfig): void {
  const { helpDesk, keepPoliciesOf, users } = bastion;
  for (const user of users) {
    if (user.tags["help-desk"] !== "may-help") continue;
    assert.ok(helpDesk);
    for (const { role: taken } of assignmentsOf(bastion, user)) {
      assert.ok(helpDesk.roles.includes(taken.name), taken.name);
    }
    const kept = [
      user.name,
      "bastion-users",
      ...user.teams.map((one) => `team-${one}`),
    ];
    assert.ok(!kept.some((name) => keepPoliciesOf.includes(name)), user.name);
  }
}

/** The simulator's answer against what the grants say, at the edges of the ages that config names. */
async function decidesAsGranted(bastion: BastionConfig): Promise<void> {
  for (const user of plannedUsers(bastion).slice(0, 2)) {
    const facts = bastion.users.find(({ name }) => name === user.name);
    assert.ok(facts);
    const own = assignmentsOf(bastion, facts);
    for (const planned of plannedRoles(bastion).slice(0, 4)) {
      const granted = own.find(({ roleArn }) => roleArn === planned.arn);
      const { mfaMaxAgeSeconds: limit = 200_000 } = granted?.role ?? {};
      const may = (ageSeconds: number) =>
        assumeRole(user, planned, { mfa: { kind: "with", ageSeconds } });
      assert.equal(await may(limit - 1), granted !== undefined, planned.arn);
      if (limit < 200_000) assert.equal(await may(limit), false, planned.arn);
      for (const kind of ["no key", "without"] as const) {
        const open = await assumeRole(user, planned, { mfa: { kind } });
        assert.equal(open, false, planned.arn);
      }
    }
  }
}

describe("any config that is taken", () => {
  it("fits what IAM takes, has no two names that IAM takes for one, and gives what it says", async () => {
    let taken = 0;
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(config, async (values) => {
        const bastion = read("bastion", values);
        const workload = read("workload", values);
        if (bastion?.stack !== "bastion" || workload?.stack !== "workload") {
          refused += 1;
          return;
        }
        taken += 1;
        bastionFits(bastion);
        workloadFits(workload, bastion.accountId);
        helpedAreHarmless(bastion);
        await decidesAsGranted(bastion);
      }),
      { numRuns: runs(240) },
    );
    assert.ok(taken > refused / 2, `${taken} taken, ${refused} refused`);
  });
});
