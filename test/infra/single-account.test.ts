import assert from "node:assert/strict";
import { assignmentsOf } from "../../infra/assignments";
import { documentText } from "../../infra/documents/policy-document";
import { quotas } from "../../infra/documents/quotas";
import { bastionPipeline, workloadPipeline } from "../../infra/pipeline-access";
import { clientSections } from "../../infra/profiles/section";
import { planBastionRoles, planRoles } from "../../infra/roles";
import { problemsOf } from "./bad-inputs";
import { bastionConfig, workloadConfig } from "./config-of";

const id = "111111111111";
const organisation = `
bastionAccountId: "${id}"
accounts: { main: { id: "${id}" } }
auditor: true
pipeline: { repository: acme/account }
`;
const people = `
teams: { operations: { grants: [{ roles: [PowerUser, OpsSudo, Auditor], accounts: all }] } }
users: { ada: { teams: [operations] } }
`;

describe("a single account", () => {
  const config = bastionConfig(organisation + people);
  const workload = workloadConfig(organisation);

  it("is the bastion's own, as the only account of the config", () => {
    assert.deepEqual(config.organisation.accounts, workload.accounts);
    assert.deepEqual(
      problemsOf(
        `stack: bastion${organisation.replace(" } }", ' }, dev: { id: "222222222222" } }')}`,
      ).map(({ path }) => path),
      ["accounts.main.id"],
    );
  });

  it("has each role once, by the workload stack: an auditor's as well", () => {
    assert.deepEqual(planBastionRoles(config), []);
    const [main] = workload.accounts;
    assert.ok(main);
    assert.deepEqual(
      planRoles(workload.organisation, main, id).map(({ name }) => name),
      ["PowerUser", "OpsSudo", "ReadOnly", "Auditor"],
    );
  });

  it("grants each role once", () => {
    const [ada] = config.users;
    assert.ok(ada);
    assert.deepEqual(
      assignmentsOf(config, ada).map(({ roleArn }) => roleArn),
      ["PowerUser", "OpsSudo", "Auditor"].map(
        (role) => `arn:aws:iam::${id}:role/${role}`,
      ),
    );
  });

  it("has role-switch links and client profiles, by the name of the account", () => {
    const [main] = workload.accounts;
    assert.ok(main);
    const [powerUser] = planRoles(workload.organisation, main, id);
    assert.equal(
      powerUser?.switchUrl,
      `https://signin.aws.amazon.com/switchrole?account=${id}&roleName=PowerUser&displayName=main%20PowerUser`,
    );
    const section = clientSections(config)["ada"] ?? "";
    assert.deepEqual(section.match(/\[profile .*\]/g), [
      "[profile bastion]",
      "[profile main-poweruser]",
      "[profile main-opssudo]",
      "[profile main-auditor]",
    ]);
  });

  it("has one pipeline, which deploys both stacks and not its own roles", () => {
    assert.equal(bastionPipeline(config), undefined);
    const [account] = workload.accounts;
    assert.ok(account);
    const plan = workloadPipeline(workload, {
      account,
      bastionAccountId: id,
      hasAlarm: true,
    });
    const [policy] = Object.values(plan?.deployment.inlinePolicies ?? {});
    assert.ok(policy);
    const text = documentText(policy);
    for (const part of [
      /iam:CreateUser/,
      /group\/team-\*/,
      /iam:CreateRole"/,
      /"NotItsOwnWayIn"/,
      /sns:CreateTopic/,
    ]) {
      assert.match(text, part);
    }
    const sids = policy.Statement.map(({ Sid }) => Sid);
    assert.equal(new Set(sids).size, sids.length);
    assert.ok(text.length <= quotas.roleInlineCharacters);
  });
});
