import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { planRemovals } from "../../commands/adopt/plan";
import { removalText } from "../../commands/adopt/removal";
import type { LiveAccount } from "../../commands/accounts/live-account";
import { expectedAccess } from "../../commands/verify/expected";
import { defaultSettings } from "../../commands/verify/facts";
import { verify } from "../../commands/verify/report";
import { planGroups } from "../../infra/groups";
import * as names from "../../infra/names";
import { organisationSchema } from "../../policy-pack/organisation/config";
import { bastionConfig } from "../infra/config-of";
import {
  account,
  bastionId,
  criteria,
  device,
  devId,
  group,
  inline,
  now,
  organizationRole,
  user,
  workload,
} from "./adopt/account";

const checkout = join(__dirname, "../..");

const sources = ["infra", "commands"].flatMap((room) =>
  readdirSync(join(checkout, room), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts"))
    .map((path) => join(room, path)),
);

const config = () =>
  bastionConfig(`
bastionAccountId: "${bastionId}"
accounts: { dev: { id: "${devId}" } }
teams: { operations: { grants: [{ roles: [OpsSudo], accounts: all }] } }
users: { ada: { teams: [operations], programmaticAccess: false } }
`);

/** The bastion as the program has deployed it, under the names that it gives now. */
function deployed(): LiveAccount {
  const groups = planGroups(config());
  return account({
    users: [
      user("ada", {
        devices: [device("ada")],
        groups: groups.map(({ name }) => name),
      }),
    ],
    groups: groups.map(({ name, inlinePolicies }) =>
      group(name, {
        inlinePolicies: Object.entries(inlinePolicies).map(
          ([policy, document]) => ({
            name: policy,
            text: JSON.stringify(document),
          }),
        ),
      }),
    ),
    roles: [organizationRole],
  });
}

const removals = (bastion: LiveAccount): readonly string[] =>
  planRemovals(
    {
      bastion,
      workloads: [workload()],
      unread: [],
      criteria: criteria(names.organizationsRole),
      deploymentRole: names.organizationsRole,
      acceptLess: new Set(),
      acceptLessHere: false,
    },
    {
      arn: `arn:aws:sts::${bastionId}:assumed-role/${names.organizationsRole}/x`,
    },
  ).map(({ removal }) => removalText(removal));

const groupFindings = (live: LiveAccount): readonly string[] =>
  verify(
    {
      callerAccountId: bastionId,
      accounts: [{ id: bastionId, name: "bastion", live }],
      unread: [],
      centralRootAccess: "off",
    },
    expectedAccess(config()),
    defaultSettings,
    now,
  )
    .findings.filter(({ rule }) => /group|membership/.test(rule))
    .map(({ message }) => message);

describe("a name that the program gives", () => {
  const given = [
    names.everybodysGroup,
    names.consoleOnlyGroup,
    ...Object.values(names.groupPolicies),
    ...Object.values(names.standardRoles),
    names.accountWritesDenied,
    names.accountGuard,
    names.auditorRole,
    names.auditorReads,
    names.helpDeskRole,
    names.helpDeskHelps,
    ...Object.values(names.helpedTag),
    ...Object.values(names.pipelineRoles),
    names.organizationsRole,
    names.deploymentSession,
  ].filter((name) => name !== names.groupPolicies.teamRoles);

  for (const name of new Set(given)) {
    it(`stands in infra/names.ts alone: ${name}`, () => {
      const quoted = new RegExp(`(["'\`])${name}\\1`);
      const places = sources.filter((path) =>
        quoted.test(readFileSync(join(checkout, path), "utf8")),
      );
      assert.deepEqual(places, [join("infra", "names.ts")]);
    });
  }

  it("is the pack's default, where the pack has one", () => {
    const { name } = parse(
      readFileSync(join(checkout, "Pulumi.yaml"), "utf8"),
    ) as { readonly name: string };
    const defaultOf = (key: string): unknown =>
      organisationSchema.properties[key]?.default;
    assert.equal(defaultOf("mfaGroup"), names.everybodysGroup);
    assert.deepEqual(defaultOf("administratorRoles"), [
      names.standardRoles.opsSudo,
    ]);
    assert.deepEqual(defaultOf("powerRoles"), [names.standardRoles.powerUser]);
    assert.deepEqual(defaultOf("bastionStacks"), [`${name}/bastion`]);
  });
});

describe("a group or policy under another name", () => {
  const { everybodysGroup, consoleOnlyGroup } = names;
  const policies = { ...names.groupPolicies };
  let before: LiveAccount;

  beforeEach(() => {
    before = deployed();
    Object.assign(names, {
      everybodysGroup: "people",
      consoleOnlyGroup: "no-keys",
    });
    Object.assign(names.groupPolicies, { mfaGuard: "guard", teamRoles: "may" });
  });
  afterEach(() => {
    Object.assign(names, { everybodysGroup, consoleOnlyGroup });
    Object.assign(names.groupPolicies, policies);
  });

  it("is what the program makes", () => {
    const plan = planGroups(config());
    assert.deepEqual(
      plan.map(({ name, inlinePolicies }) => [
        name,
        ...Object.keys(inlinePolicies),
      ]),
      [
        ["people", policies.sessionAndRoles, policies.selfService, "guard"],
        ["no-keys", policies.consoleOnly],
        ["team-operations", "may"],
      ],
    );
  });

  it("is what adopt takes for the program's own, and the old one no longer", () => {
    assert.deepEqual(removals(deployed()), []);
    const old = removals(before);
    for (const name of [everybodysGroup, consoleOnlyGroup]) {
      assert.ok(old.includes(`group ${name}, with what it permits`), name);
    }
    const put = deployed();
    const [first, ...others] = put.groups;
    assert.ok(first);
    const own = { name: policies.mfaGuard, text: inline("x").text };
    const inlinePolicies = [...first.inlinePolicies, own];
    assert.deepEqual(
      removals({ ...put, groups: [{ ...first, inlinePolicies }, ...others] }),
      [`group people: inline policy ${policies.mfaGuard}`],
    );
  });

  it("is what verify expects, and the old one no longer", () => {
    assert.deepEqual(groupFindings(deployed()), []);
    const old = groupFindings(before);
    assert.ok(
      old.includes(
        `the group ${everybodysGroup} is in the account, and not in the config`,
      ),
      old.join("\n"),
    );
    assert.ok(old.includes("the group people is not there"));
  });
});
