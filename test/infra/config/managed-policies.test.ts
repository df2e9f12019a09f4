import assert from "node:assert/strict";
import awsManaged from "../../../infra/data/aws-managed-policies.json";
import documents from "../../../policy-pack/data/aws-managed-policies.json";
import { bastion, type BadInput } from "../bad-inputs";
import { bastionConfig } from "../config-of";

const refused: readonly BadInput[] = [
  {
    what: "a managed policy that AWS does not have",
    problems: bastion(
      `roles: { Analyst: { managedPolicies: [SecurityAudit, AmazonDynamoDBReadOnly] } }`,
    ),
    path: "roles.Analyst.managedPolicies[1]",
    found:
      /"AmazonDynamoDBReadOnly", which is not among AWS's managed policies of \d{4}-\d\d-\d\d$/,
    expected: /the nearest is AmazonDynamoDBReadOnlyAccess; .*unlistedPolicies/,
  },
  {
    what: "a managed policy without its path",
    problems: bastion(
      `roles: { Analyst: { managedPolicies: [ViewOnlyAccess] } }`,
    ),
    path: "roles.Analyst.managedPolicies[0]",
    found: /"ViewOnlyAccess"/,
    expected: /the nearest is job-function\/ViewOnlyAccess;/,
  },
  {
    what: "a managed policy of AWS's by an ARN that leads nowhere",
    problems: bastion(
      `roles: { Analyst: { managedPolicies: ["arn:aws:iam::aws:policy/securityaudit"] } }`,
    ),
    path: "roles.Analyst.managedPolicies[0]",
    found: /"securityaudit"/,
    expected: /the nearest is SecurityAudit;/,
  },
  {
    what: "a managed policy in another partition than the stack's",
    problems: bastion(
      `partition: aws-cn\nroles: { Analyst: { managedPolicies: ["arn:aws:iam::aws:policy/SecurityAudit"] } }`,
    ),
    path: "roles.Analyst.managedPolicies[0]",
    found: /"arn:aws:iam::aws:policy\/SecurityAudit"/,
    expected: /in the partition aws-cn, as arn:aws-cn:iam::222222222222/,
  },
  {
    what: "a managed policy in another partition that only the list of aws could have, and says so",
    problems: bastion(
      `partition: aws-us-gov\nroles: { Analyst: { managedPolicies: [AmazonGovReads] } }`,
    ),
    path: "roles.Analyst.managedPolicies[0]",
    found: /"AmazonGovReads".* in the partition aws$/,
    expected: /unlistedPolicies, if AWS has it/,
  },
  {
    what: "a policy that AWS keeps for a service's own role",
    problems: bastion(
      `roles: { Analyst: { managedPolicies: [aws-service-role/AWSSupportServiceRolePolicy] } }`,
    ),
    path: "roles.Analyst.managedPolicies[0]",
    found: /keeps for a service's own role/,
    expected: /can be attached/,
  },
  {
    what: "a policy of one account for a role that others have as well",
    problems: bastion(
      `roles: { Analyst: { managedPolicies: ["arn:aws:iam::222222222222:policy/reads"] } }`,
    ),
    path: "roles.Analyst.managedPolicies[0]",
    found: /of the account 222222222222, for a role that is also in: prod$/,
    expected: /a role of that account alone/,
  },
  {
    what: "a boundary that AWS does not have",
    problems: bastion(
      `roles: { PowerUser: { permissionsBoundary: "arn:aws:iam::aws:policy/PowerUserAcces" } }`,
    ),
    path: "roles.PowerUser.permissionsBoundary",
    found: /"PowerUserAcces"/,
    expected: /the nearest is PowerUserAccess;/,
  },
  {
    what: "an ARN among the names of policies that are newer than the list",
    problems: bastion(
      `unlistedPolicies: ["arn:aws:iam::aws:policy/AmazonNewReads"]`,
    ),
    path: "unlistedPolicies[0]",
    found: /"arn:aws:iam::aws:policy\/AmazonNewReads"/,
    expected: /the name of one of AWS's managed policies/,
  },
];

describe("managed policies in the config", () => {
  for (const { what, problems, path, found, expected } of refused) {
    it(`refuses ${what}`, () => {
      const [problem, ...further] = problems;
      assert.deepEqual(further, []);
      assert.equal(problem?.path, path);
      assert.match(problem.found, found);
      assert.match(problem.expected, expected);
    });
  }

  it("takes those that AWS has, that config says are newer, or that are the account's own", () => {
    const { organisation: facts } = bastionConfig(`
bastionAccountId: "111111111111"
unlistedPolicies: [AmazonNewReads, job-function/NewReader]
accounts:
  dev: { id: "222222222222" }
  prod: { id: "033333333333", roles: [PowerUser, Known] }
roles:
  PowerUser: { permissionsBoundary: arn:aws:iam::aws:policy/PowerUserAccess }
  Known: { managedPolicies: [SecurityAudit, service-role/AWSLambdaRole, job-function/Billing] }
  Newer: { managedPolicies: [AmazonNewReads, "arn:aws:iam::aws:policy/job-function/NewReader"] }
  Own: { managedPolicies: ["arn:aws:iam::222222222222:policy/team/reads"] }
`);
    for (const name of ["PowerUser", "Known", "Newer", "Own"]) {
      assert.ok(facts.roles.has(name), name);
    }
  });

  it("are known by the names that the policy pack has documents of", () => {
    const { source, newestChange, policies } = documents;
    const names = Object.keys(policies);
    assert.deepEqual(awsManaged, { source, newestChange, names });
  });
});
