import assert from "node:assert/strict";
import fc from "fast-check";
import { assignmentsOf } from "../../infra/assignments";
import type { BastionConfig } from "../../infra/config";
import { documentText } from "../../infra/documents/policy-document";
import { planGroups } from "../../infra/groups";
import { planBastionRoles, planRoles } from "../../infra/roles";
import { assumeRole } from "../access/decide";
import { plannedRoles, plannedUsers } from "../access/planned";
import { randomOrganisation } from "../access/random-organisation";
import { simulate } from "../policy-pack/decide/simulate";
import { bastionConfig } from "./config-of";

const bastionId = "111111111111";
const tag = { "help-desk": "may-help" };

const facts = (more = "", helpDesk = "helpDesk: { team: support }") => `
bastionAccountId: "${bastionId}"
accounts: { dev: { id: "222222222222" }, prod: { id: "033333333333" } }
${helpDesk}
${more}`;

const people = `
everybody: [{ roles: [ReadOnly], accounts: all }]
teams:
  operations: { grants: [{ roles: [OpsSudo], accounts: [dev] }] }
  developers: { grants: [{ roles: [PowerUser], accounts: all }] }
  analysts: { grants: [{ roles: [Analyst], accounts: all }] }
  support: { grants: [{ roles: [PowerUser], accounts: [dev] }] }
users:
  ada: { teams: [operations, developers] }
  bashir: { teams: [developers], tags: { floor: "2" } }
  chen: { teams: [analysts] }
  hana: { teams: [support] }
  runner: { consoleAccess: false }
`;
const analyst = "Analyst: { managedPolicies: [AmazonDynamoDBReadOnlyAccess] }";
const roles = `roles: { ${analyst} }`;

const helpedIn = ({ users }: BastionConfig): readonly string[] =>
  users
    .filter(({ tags }) => tags["help-desk"] === "may-help")
    .map(({ name }) => name);

describe("the help desk's role", () => {
  const config = bastionConfig(facts(roles + people));

  it("stands in the bastion alone, for its team, with MFA of the last hour and TLS", () => {
    const [role, ...more] = planBastionRoles(config);
    assert.equal(role?.name, "HelpDesk");
    assert.deepEqual(more, []);
    assert.equal(role.mfaMaxAgeSeconds, 3_600);
    assert.match(documentText(role.trustPolicy), /SecureTransport/);
    for (const account of config.organisation.accounts) {
      const inAccount = planRoles(config.organisation, account, bastionId);
      assert.ok(!inAccount.some(({ name }) => name === "HelpDesk"));
    }
    const takers = config.users.filter((user) =>
      assignmentsOf(config, user).some(
        ({ roleArn }) => roleArn === `arn:aws:iam::${bastionId}:role/HelpDesk`,
      ),
    );
    assert.deepEqual(
      takers.map(({ name }) => name),
      ["hana"],
    );
  });

  it("asks for MFA as fresh as config says", () => {
    const helpDesk = "helpDesk: { team: support, mfaMaxAgeSeconds: 900 }";
    const [role] = planBastionRoles(
      bastionConfig(facts(people + roles, helpDesk)),
    );
    assert.equal(role?.mfaMaxAgeSeconds, 900);
    assert.match(documentText(role.trustPolicy), /"900"/);
  });

  it("helps nobody who keeps other policies, of their own or of a group: those may be an administrator's", () => {
    const helped = (...names: readonly string[]) =>
      helpedIn(
        bastionConfig(
          facts(`${roles}${people}\nkeepPoliciesOf: [${names.join(", ")}]`),
        ),
      );
    const all = helpedIn(config);
    assert.ok(all.includes("bashir"));
    assert.deepEqual(helped(), all);
    const others = all.filter((name) => name !== "bashir");
    assert.deepEqual(helped("bashir"), others);
    assert.deepEqual(helped("team-developers"), others);
    assert.deepEqual(helped("bastion-users"), []);
    assert.deepEqual(helped("team-operations"), all);
  });

  it("is nowhere unless config asks for it, and nothing is tagged or closed for it", () => {
    for (const helpDesk of ["", "helpDesk: {}"]) {
      const without = bastionConfig(facts(people + roles, helpDesk));
      assert.deepEqual(planBastionRoles(without), []);
      assert.deepEqual(helpedIn(without), []);
      assert.doesNotMatch(JSON.stringify(planGroups(without)), /help-desk/);
    }
  });

  it("stands in a single account by the bastion's stack, among the others' ways in", () => {
    const single = bastionConfig(`
bastionAccountId: "${bastionId}"
accounts: { main: { id: "${bastionId}" } }
teams: { support: { grants: [{ roles: [ReadOnly], accounts: all }] } }
users: { hana: { teams: [support] } }
helpDesk: { team: support }
`);
    assert.deepEqual(
      planBastionRoles(single).map(({ name }) => name),
      ["HelpDesk"],
    );
    const [hana] = single.users;
    assert.deepEqual(
      hana &&
        assignmentsOf(single, hana).map(
          ({ account, role }) => `${account} ${role.name}`,
        ),
      ["main ReadOnly", "main HelpDesk"],
    );
  });
});

describe("whom the help desk may help", () => {
  it("are users of the console who are granted none but harmless roles, and don't help themselves", () => {
    assert.deepEqual(helpedIn(bastionConfig(facts(roles + people))), [
      "bashir",
    ]);
  });

  it("keep their other tags", () => {
    const { users } = bastionConfig(facts(roles + people));
    const bashir = users.find(({ name }) => name === "bashir");
    assert.deepEqual(bashir?.tags, { floor: "2", ...tag });
  });

  it("are those of further roles as well, where config names these", () => {
    const helpDesk =
      "helpDesk: { team: support, roles: [ReadOnly, PowerUser, Analyst] }";
    assert.deepEqual(helpedIn(bastionConfig(facts(roles + people, helpDesk))), [
      "bashir",
      "chen",
    ]);
  });

  it("are not those of PowerUser where it leads to other roles, unless config names it", () => {
    const named = "helpDesk: { team: support, roles: [ReadOnly, PowerUser] }";
    for (const setting of ["assumableRoles: [cdk-x]", "passRolePath: /app/"]) {
      const more = `roles: { ${analyst}, PowerUser: { ${setting} } }${people}`;
      assert.deepEqual(helpedIn(bastionConfig(facts(more))), [], setting);
      assert.deepEqual(helpedIn(bastionConfig(facts(more, named))), ["bashir"]);
    }
  });

  it("are none, where everybody is granted an administrator's role", () => {
    const all = people.replace("roles: [ReadOnly]", "roles: [OpsSudo]");
    assert.deepEqual(helpedIn(bastionConfig(facts(roles + all))), []);
  });
});

describe("in any organisation with a help desk", () => {
  const mfa = { kind: "with", ageSeconds: 60 } as const;
  const harmless = ["PowerUser", "ReadOnly", "Analyst"];
  const organisations = fc.record({
    organisation: randomOrganisation(["dev", "prod"]),
    helpDesk: fc.record({
      team: fc.constantFrom("red", "green", "blue"),
      roles: fc.subarray(harmless, { minLength: 1 }),
    }),
  });
  const configOf = ({
    organisation,
    helpDesk,
  }: typeof organisations extends fc.Arbitrary<infer T> ? T : never) =>
    bastionConfig(
      facts(
        `${roles}\n${Object.entries(organisation)
          .map(([key, value]) => `${key}: ${JSON.stringify(value)}`)
          .join("\n")}`,
        `helpDesk: ${JSON.stringify(helpDesk)}`,
      ),
    );

  it("nobody with the tag takes a role that is not for them, though they were in every group", async () => {
    await fc.assert(
      fc.asyncProperty(organisations, async (one) => {
        const config = configOf(one);
        const everyDocument = planGroups(config).flatMap((group) => [
          ...Object.values(group.inlinePolicies),
          ...group.managedPolicies,
        ]);
        const planned = [
          ...plannedRoles(config),
          ...planBastionRoles(config).map(({ name, trustPolicy }) => ({
            name,
            arn: `arn:aws:iam::${bastionId}:role/${name}`,
            trust: trustPolicy,
            documents: [],
          })),
        ];
        const user = {
          name: "stale",
          arn: `arn:aws:iam::${bastionId}:user/stale`,
          documents: everyDocument.filter(
            (document) => !documentText(document).includes("DenyUseOfKeys"),
          ),
          tags: tag,
        };
        for (const role of planned) {
          if (one.helpDesk.roles.includes(role.name)) continue;
          assert.equal(await assumeRole(user, role, { mfa }), false, role.arn);
        }
      }),
      { numRuns: 25 },
    );
  });

  it("those with the tag are granted no other role, and the role changes no user without it", async () => {
    await fc.assert(
      fc.asyncProperty(organisations, async (one) => {
        const config = configOf(one);
        const [role] = planBastionRoles(config);
        for (const user of config.users) {
          const isTagged = user.tags["help-desk"] === "may-help";
          const granted = assignmentsOf(config, user);
          const allowed = granted.every(({ role: { name } }) =>
            one.helpDesk.roles.includes(name),
          );
          assert.ok(!isTagged || allowed, user.name);
          const helps = await simulate({
            principal: `arn:aws:sts::${bastionId}:assumed-role/HelpDesk/hana`,
            action: "iam:UpdateLoginProfile",
            resource: `arn:aws:iam::${bastionId}:user/${user.name}`,
            account: bastionId,
            identity: Object.values(role?.inlinePolicies ?? {}).map(
              (text) => JSON.parse(text) as unknown,
            ),
            context: Object.fromEntries(
              Object.entries(user.tags).map(([key, value]) => [
                `aws:ResourceTag/${key}`,
                value,
              ]),
            ),
          });
          assert.equal(helps, isTagged, user.name);
        }
      }),
      { numRuns: 50 },
    );
  });

  it("everybody takes just what they are granted", async () => {
    await fc.assert(
      fc.asyncProperty(organisations, async (one) => {
        const config = configOf(one);
        for (const user of plannedUsers(config)) {
          const known = config.users.find(({ name }) => name === user.name);
          const arns = known
            ? assignmentsOf(config, known).map(({ roleArn }) => roleArn)
            : [];
          for (const role of plannedRoles(config)) {
            assert.equal(
              await assumeRole(user, role, { mfa }),
              arns.includes(role.arn),
              `${user.name} ${role.arn}`,
            );
          }
        }
      }),
      { numRuns: 15 },
    );
  });
});
