import assert from "node:assert/strict";
import { assignmentsOf } from "../../infra/assignments";
import { documentText } from "../../infra/documents/policy-document";
import { planGroups } from "../../infra/groups";
import { bastionPipeline, workloadPipeline } from "../../infra/pipeline-access";
import { planBastionRoles, planRoles } from "../../infra/roles";
import { bastionConfig, workloadConfig } from "./config-of";

const organisation = `
bastionAccountId: "111111111111"
accounts: { dev: { id: "222222222222" }, prod: { id: "033333333333", roles: [ReadOnly] } }
auditor: true
`;
const people = `
teams: { auditors: { grants: [{ roles: [Auditor], accounts: [prod] }] } }
users: { ada: { teams: [auditors] }, bob: }
`;
const bastionRole = "arn:aws:iam::111111111111:role/Auditor";

describe("the auditor's role", () => {
  const config = bastionConfig(organisation + people);

  it("stands in every account, whatever roles the account lists", () => {
    const names = config.organisation.accounts.map((account) =>
      planRoles(config.organisation, account, "111111111111").map(
        ({ name }) => name,
      ),
    );
    assert.deepEqual(names, [
      ["PowerUser", "OpsSudo", "ReadOnly", "Auditor"],
      ["ReadOnly", "Auditor"],
    ]);
    assert.deepEqual(
      planBastionRoles(config).map(({ name }) => name),
      ["Auditor"],
    );
  });

  it("is nowhere unless config asks for it", () => {
    const without = bastionConfig(organisation.replace("true", "false"));
    assert.deepEqual(planBastionRoles(without), []);
    assert.doesNotMatch(
      JSON.stringify([...without.organisation.roles]),
      /Auditor/,
    );
  });

  it("reads IAM, and writes nothing", () => {
    const [role] = planBastionRoles(config);
    const text = role?.inlinePolicies["reads-iam"] ?? "";
    assert.ok(text);
    for (const action of text.match(/[\w-]+:[A-Z]\w*/g) ?? []) {
      assert.match(action, /:(Get|List|GenerateCredentialReport)/);
    }
    assert.deepEqual(role?.managedPolicyArns, {});
  });

  it("may be taken in the bastion by whom it is granted to anywhere", () => {
    const arns = (name: string) => {
      const user = config.users.find((one) => one.name === name);
      assert.ok(user);
      return assignmentsOf(config, user).map(({ roleArn }) => roleArn);
    };
    assert.deepEqual(arns("ada"), [
      "arn:aws:iam::033333333333:role/Auditor",
      bastionRole,
    ]);
    assert.deepEqual(arns("bob"), []);
    const groups = planGroups(config).filter((group) =>
      JSON.stringify(group).includes(bastionRole),
    );
    assert.deepEqual(
      groups.map(({ name }) => name),
      ["team-auditors"],
    );
  });

  it("has a kin that an environment without reviewers takes, where there is a pipeline", () => {
    const pipeline = "pipeline: { repository: acme/bastion }\n";
    const workload = workloadConfig(organisation + pipeline);
    const [account] = workload.accounts;
    assert.ok(account);
    for (const plan of [
      bastionPipeline(bastionConfig(organisation + pipeline)),
      workloadPipeline(workload, {
        account,
        bastionAccountId: "111111111111",
        hasAlarm: false,
      }),
    ]) {
      assert.equal(plan?.audit?.name, "pipeline-audit");
      assert.match(
        documentText(plan.audit.trustPolicy),
        /"repo:acme\/bastion:environment:verify"/,
      );
    }
    const without = organisation.replace("true", "false") + pipeline;
    assert.equal(bastionPipeline(bastionConfig(without))?.audit, undefined);
  });
});
