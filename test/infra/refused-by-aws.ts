import { organisation, bastion, problemsOf, type BadInput } from "./bad-inputs";
import { allow, withDocument } from "./bad-documents";
import { inFlow, machineRole, vendor } from "./bad-trusts";

/** Numbered, as flow YAML. */
const many = (count: number, one: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => one(index)).join(", ");

const tags: readonly BadInput[] = [
  ...(
    [
      ["aws:cost", "aws:cost"],
      ["AWS:cost", "AWS:cost"],
      ["cost!", "cost!"],
      ["", ""],
      ["k".repeat(129), "kkk"],
    ] as const
  ).map(([tag, shown]) => ({
    what: `a tag named ${JSON.stringify(tag.slice(0, 20))}`,
    problems: bastion(`tags: ${inFlow({ [tag]: "x" })}`),
    path: `tags.${tag}`,
    found: new RegExp(`the name "${shown}`),
    expected: /1 to 128 letters/,
  })),
  {
    what: "a tag's value outside AWS's alphabet",
    problems: bastion(`users: { ada: { tags: { desk: "<7>" } } }`),
    path: "users.ada.tags.desk",
    found: /<7>/,
    expected: /a tag's value of at most 256 letters/,
  },
  {
    what: "tags that are equal but for case",
    problems: bastion(`tags: { Owner: a, owner: b }`),
    path: "tags.owner",
    found: /equal to "Owner" but for case/,
    expected: /more than case/,
  },
  {
    what: "a user's tag that is one of everything's but for case",
    problems: bastion(
      `tags: { Owner: a }\nusers: { ada: { tags: { owner: b } } }`,
    ),
    path: "users.ada.tags.owner",
    found: /equal to "Owner" but for case/,
    expected: /more than case/,
  },
  {
    what: "a tag that is the alarm's but for case, by which policies know its key",
    problems: bastion(`tags: { Alarm: loud }`),
    path: "tags.Alarm",
    found: /equal to "alarm" but for case/,
    expected: /more than case/,
  },
  {
    what: "more tags than a resource has room for",
    problems: bastion(`tags: { ${many(50, (index) => `t${index}: x`)} }`),
    path: "tags",
    found: /50 tags/,
    expected: /at most 49: AWS lets a resource have 50/,
  },
];

const names: readonly BadInput[] = [
  ...["Account-Guard", "REVOKED-SESSIONS"].map((name) => ({
    what: `an inline document called ${name}, which is the program's but for case`,
    problems: bastion(
      `roles: ${inFlow({ Analyst: { inlinePolicies: { [name]: { Statement: [allow] } } } })}`,
    ),
    path: `roles.Analyst.inlinePolicies.${name}`,
    found: /which the program gives to roles by itself/,
    expected: /a name of its own/,
  })),
  {
    what: "a document called like the one that keeps a vendor from IAM, but for case",
    problems: machineRole(
      { vendor },
      { inlinePolicies: { "Deny-Account-Writes": { Statement: [allow] } } },
    ),
    path: "roles.Robot.inlinePolicies.Deny-Account-Writes",
    found: /which the program gives to roles by itself/,
    expected: /a name of its own/,
  },
  {
    what: "inline documents whose names are equal but for case",
    problems: bastion(
      `roles: ${inFlow({ Analyst: { inlinePolicies: { reads: { Statement: [allow] }, Reads: { Statement: [allow] } } } })}`,
    ),
    path: "roles.Analyst.inlinePolicies.Reads",
    found: /equal to "reads" but for case/,
    expected: /more than case/,
  },
  {
    what: "one managed policy by its name and its ARN: what takes one away takes both",
    problems: bastion(
      `roles: { Analyst: { managedPolicies: [SecurityAudit, "arn:aws:iam::aws:policy/SecurityAudit"] } }`,
    ),
    path: "roles.Analyst.managedPolicies[1]",
    found: /which is "SecurityAudit"/,
    expected: /each policy once/,
  },
  {
    what: "a managed policy by a pattern",
    problems: problemsOf(`
stack: bastion
bastionAccountId: "111111111111"
accounts: { dev: { id: "222222222222" } }
roles: { Analyst: { managedPolicies: ["arn:aws:iam::222222222222:policy/re*"] } }`),
    path: "roles.Analyst.managedPolicies[0]",
    found: /re\*/,
    expected: /the ARN of a managed policy/,
  },
  {
    what: "a workload account called as the bastion",
    problems: problemsOf(`
stack: bastion
bastionAccountId: "111111111111"
accounts: { bastion: { id: "222222222222" }, prod: { id: "033333333333" } }`),
    path: "accounts.bastion",
    found: /the name of the bastion, for 222222222222/,
    expected: /another name/,
  },
  ...["/admin", "admin/", "infra//admin", "a".repeat(65)].map((role) => ({
    what: `a deployment's role ${role.slice(0, 20)}`,
    problems: bastion(`deploymentRole: ${role}`),
    path: "deploymentRole",
    found: /^"/,
    expected: /with its path if it has one, as admin or infra\/admin/,
  })),
  ...["*", "", "arn:aws:iam::111111111111:role/admin"].map((role) => ({
    what: `an alarm that expects changes of ${JSON.stringify(role)}`,
    problems: bastion(
      `breakGlassAlarm: { enabled: true, deployers: [${JSON.stringify(role)}] }`,
    ),
    path: "breakGlassAlarm.deployers[0]",
    found: /^"/,
    expected: /the name of a role/,
  })),
  ...["pipeline-deployment", "Pipeline-Deployment"].map((role) => ({
    what: `people's role ${role}, whose changes the alarm would expect`,
    problems: bastion(
      `breakGlassAlarm: { enabled: true }\nroles: { ${role}: { managedPolicies: [SecurityAudit] } }`,
    ),
    path: `roles.${role}`,
    found: /the role pipeline-deployment, which breakGlassAlarm\.deployers/,
    expected: /no other role/,
  })),
  {
    what: "a pattern by which PowerUser would take the help desk's role",
    problems: bastion(`roles: { PowerUser: { assumableRoles: ["Help*"] } }`),
    path: "roles.PowerUser.assumableRoles[0]",
    found: /means the role HelpDesk/,
    expected: /none of the roles that people/,
  },
];

const partitions: readonly BadInput[] = [
  {
    what: "a region of another partition",
    problems: bastion("partition: aws-us-gov\nregion: eu-central-1"),
    path: "region",
    found: /eu-central-1, which is of the partition aws/,
    expected: /as us-gov-west-1/,
  },
  {
    what: "a region of a partition that the program does not know",
    problems: bastion("region: us-iso-east-1"),
    path: "region",
    found: /us-iso-east-1, which is of another partition/,
    expected: /as us-east-1/,
  },
  {
    what: "an alarm in a region of another partition",
    problems: bastion(
      "breakGlassAlarm: { enabled: true, regions: [us-east-1, cn-north-1] }",
    ),
    path: "breakGlassAlarm.regions[1]",
    found: /cn-north-1, which is of the partition aws-cn/,
    expected: /of the partition aws/,
  },
  {
    what: "an inline document about another partition",
    problems: withDocument(
      { Statement: [{ ...allow, Resource: ["*", "arn:aws:s3:::reports/*"] }] },
      "partition: aws-cn",
    ),
    path: "roles.Analyst.inlinePolicies.reads",
    found: /^arn:aws:s3:::reports\/\*$/,
    expected: /of the partition aws-cn/,
  },
];

const long = (index: number): string => `${"r".repeat(60)}${index}`;

const sizes: readonly BadInput[] = [
  {
    what: "roles for PowerUser that are more than its policies have room for",
    problems: bastion(
      `roles: { PowerUser: { assumableRoles: [${many(20, (index) => `"/${"p".repeat(400)}${index}/"`)}] } }`,
    ),
    path: "roles.PowerUser",
    found: /\d+ characters/,
    expected: /IAM's quota for a role .*: name fewer roles, or shorter paths/,
  },
  {
    what: "a path that is longer than IAM has any",
    problems: bastion(
      `roles: { PowerUser: { passRolePath: "/${"p".repeat(511)}/" } }`,
    ),
    path: "roles.PowerUser.passRolePath",
    found: /^"/,
    expected: /a path below the root/,
  },
  {
    what: "an alarm for more roles than a rule has room for",
    problems: problemsOf(`
stack: workload${organisation}
roles: { ${many(12, (index) => `${long(index)}: { managedPolicies: [SecurityAudit] }`)} }
breakGlassAlarm: { enabled: true, roles: [${many(12, long)}] }`),
    path: "breakGlassAlarm.roles",
    found: /an event pattern has \d{4} characters/,
    expected: /EventBridge's quota/,
  },
  {
    what: "an alarm that expects changes of more roles than a rule has room for",
    problems: bastion(
      `breakGlassAlarm: { enabled: true, deployers: [${many(12, long)}] }`,
    ),
    path: "breakGlassAlarm.deployers",
    found: /an event pattern has \d{4} characters/,
    expected: /EventBridge's quota/,
  },
  {
    what: "more teams than an account has groups",
    problems: bastion(
      `teams: { ${many(499, (index) => `t${index}: { grants: [] }`)} }`,
    ),
    path: "teams",
    found: /499 teams/,
    expected: /at most 498/,
  },
  {
    what: "tokens of one issuer for more audiences than its provider has",
    problems: problemsOf(`
stack: workload
bastionAccountId: "111111111111"
accounts: { dev: { id: "222222222222" } }
roles: { ${many(
      100,
      (index) =>
        `R${index}: { managedPolicies: [SecurityAudit], trust: { oidc: { issuer: gitlab.com, audience: a${index}, subjects: ["project_path:acme/shop:ref_type:branch:ref:main"] } } }`,
    )} }`),
    path: "accounts.dev.roles",
    found: /gitlab\.com for 100 audiences/,
    expected: /at most 99/,
  },
  ...["prod\n", " prod", "${prod}"].map((environment) => ({
    what: `the environment ${JSON.stringify(environment)}`,
    problems: bastion(
      `pipeline: { repository: acme/bastion, environment: ${JSON.stringify(environment)} }`,
    ),
    path: "pipeline.environment",
    found: /prod/,
    expected: /an environment by its whole name/,
  })),
];

const environments: readonly BadInput[] = ["verify", "Verify"].map(
  (environment) => ({
    what: `deployments from ${environment}, whose jobs nobody reviews`,
    problems: bastion(
      `auditor: true\npipeline: { repository: acme/bastion, environment: ${environment} }`,
    ),
    path: "pipeline.environment",
    found: /whose jobs audit/,
    expected: /another environment/,
  }),
);

const minute = 60_000;
const at = (time: number): string => new Date(time).toISOString();

const revoked: readonly BadInput[] = [
  {
    what: "sessions that are revoked in time to come",
    problems: bastion(
      `revokedSessions: { ada: "${at(Date.now() + 120 * minute)}" }`,
    ),
    path: "revokedSessions.ada",
    found: /which is to come/,
    expected: /until then no session of the user/,
  },
  {
    what: "revoked sessions of nobody, since the user has another case",
    problems: bastion(
      `revokedSessions: { Ada: "${at(Date.now() - minute)}" }\nusers: { ada: {} }`,
    ),
    path: "revokedSessions.Ada",
    found: /equal to "ada" but for case/,
    expected: /ada, as under users/,
  },
];

/**
 * What AWS would refuse in the middle of a deployment, take for another thing than was meant, or take in
 * the place of what the program makes.
 */
export const refusedByAws: readonly BadInput[] = [
  ...tags,
  ...names,
  ...partitions,
  ...sizes,
  ...environments,
  ...revoked,
];
