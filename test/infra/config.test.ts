import assert from "node:assert/strict";
import { ConfigError } from "../../infra/config";
import { badDocuments } from "./bad-documents";
import { badHelpDesks } from "./bad-help-desks";
import { badInputs, organisation, problemsOf } from "./bad-inputs";
import { badMachineRoles } from "./bad-machine-roles";
import { badRoles } from "./bad-roles";
import { badTrusts } from "./bad-trusts";
import { bastionConfig, workloadConfig } from "./config-of";
import { refusedByAws } from "./refused-by-aws";

describe("config", () => {
  for (const { what, problems, path, found, expected } of [
    ...badInputs,
    ...badRoles,
    ...badHelpDesks,
    ...badTrusts,
    ...badMachineRoles,
    ...badDocuments,
    ...refusedByAws,
  ]) {
    it(`refuses ${what}, and says where, what and why`, () => {
      const problem = problems.find((one) => one.path === path);
      assert.ok(
        problem,
        `no problem at ${path} in ${JSON.stringify(problems)}`,
      );
      assert.match(problem.found, found);
      assert.match(problem.expected, expected);
      assert.equal(problems.length, 1, JSON.stringify(problems, null, 2));
    });
  }

  it("tells every problem in one message, in the order of Pulumi.yaml", () => {
    const problems = problemsOf(`
stack: bastion
users: { a: {}, ada: { teams: [nowhere] } }
teams: { operations: { grants: [{ roles: [Nobody], accounts: all }] } }
accounts: { dev: { id: 5 } }
colour: red
bastionAccountId: "12"
`);
    assert.deepEqual(
      problems.map(({ path }) => path),
      [
        "bastionAccountId",
        "accounts.dev.id",
        "teams.operations.grants[0].roles[0]",
        "users.a",
        "users.ada.teams[0]",
        "colour",
      ],
    );
    const message = new ConfigError(problems).message;
    for (const { path, found, expected } of problems) {
      for (const part of [path, found, expected])
        assert.ok(message.includes(part), part);
    }
  });

  it("does not show a secret, not even a wrong one", () => {
    const problems = problemsOf(
      `stack: bastion${organisation}users: { ada: { pgpKey: "hunter2" } }`,
      ["users"],
    );
    assert.equal(problems.length, 1);
    assert.doesNotMatch(JSON.stringify(problems), /hunter2/);
  });

  it("fills in defaults: the three roles in every account, an hour's session, MFA of 12 hours and fresh MFA for OpsSudo and one's own keys", () => {
    const { organisation: facts, selfService } = bastionConfig(organisation);
    assert.deepEqual(facts.accounts[0]?.roles, [
      "PowerUser",
      "OpsSudo",
      "ReadOnly",
    ]);
    assert.deepEqual(
      [...facts.roles.values()].map((one) => [
        one.name,
        one.maxSessionSeconds,
        one.mfaMaxAgeSeconds,
      ]),
      [
        ["PowerUser", 3_600, 43_200],
        ["OpsSudo", 3_600, 3_600],
        ["ReadOnly", 3_600, 43_200],
      ],
    );
    assert.equal(selfService.mfaMaxAgeSeconds, 3_600);
    assert.equal(facts.region, "us-east-1");
  });

  it("takes MFA of any age into a role that says none", () => {
    const { organisation: facts } = bastionConfig(
      `${organisation}roles: { ReadOnly: { mfaMaxAgeSeconds: none }, Analyst: { managedPolicies: [SecurityAudit] } }`,
    );
    const age = (role: string) => facts.roles.get(role)?.mfaMaxAgeSeconds;
    assert.deepEqual([age("ReadOnly"), age("Analyst")], [undefined, 43_200]);
  });

  it("reads a user with nothing behind the name as a user with the defaults", () => {
    const { users } = bastionConfig(`${organisation}users: { ada: }`);
    assert.deepEqual(users, [
      {
        name: "ada",
        teams: [],
        consoleAccess: true,
        programmaticAccess: true,
        tags: {},
      },
    ]);
  });

  it("takes the id of one account for that of an account called workload", () => {
    const ids =
      'bastionAccountId: "111111111111"\nworkloadAccountId: "022222222222"';
    const [account, ...others] = workloadConfig(ids).accounts;
    assert.deepEqual(others, []);
    assert.ok(account);
    const { name, id, production, roles } = account;
    assert.deepEqual(
      [name, id, production],
      ["workload", "022222222222", false],
    );
    assert.deepEqual(roles, ["PowerUser", "OpsSudo", "ReadOnly"]);
    const { accounts } = bastionConfig(ids).organisation;
    assert.deepEqual(accounts, [account]);
  });

  it("builds the named accounts of a workload stack, or all of them", () => {
    const names = (yaml: string) =>
      workloadConfig(`${organisation}${yaml}`).accounts.map(({ name }) => name);
    assert.deepEqual(names(""), ["dev", "prod"]);
    assert.deepEqual(names("deployTo: [prod]"), ["prod"]);
  });
});
