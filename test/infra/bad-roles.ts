import { inlineCharacters } from "../../infra/config/roles";
import { bastion, problemsOf, type BadInput } from "./bad-inputs";

/** What is wrong with the roles of a config, or with a role's settings. */
export const badRoles: readonly BadInput[] = [
  {
    what: "a version of an inline document as Pulumi hands over one without quotes",
    problems: bastion(
      `roles: { Analyst: { inlinePolicies: { reads: { Version: "2012-10-17T00:00:00Z", Statement: [] } } } }`,
    ),
    path: "roles.Analyst.inlinePolicies.reads.Version",
    found: /2012-10-17T00:00:00Z/,
    expected: /in quotes/,
  },
  {
    what: "a pattern by which PowerUser would take OpsSudo",
    problems: bastion(`roles: { PowerUser: { assumableRoles: ["Ops*"] } }`),
    path: "roles.PowerUser.assumableRoles[0]",
    found: /means the role OpsSudo/,
    expected: /none of the roles that people/,
  },
  {
    what: "a pattern by which PowerUser would take the organisation's role",
    problems: bastion(
      `roles: { PowerUser: { assumableRoles: [cdk-x, "org*Role"] } }`,
    ),
    path: "roles.PowerUser.assumableRoles[1]",
    found: /means the role OrganizationAccountAccessRole/,
    expected: /none of the roles that people/,
  },
  {
    what: "a path by which PowerUser would take the role that deploys",
    problems: bastion(
      `deploymentRole: deploys/admin\nroles: { PowerUser: { assumableRoles: ["/deploys/"] } }`,
    ),
    path: "roles.PowerUser.assumableRoles[0]",
    found: /means the role deploys\/admin/,
    expected: /none of the roles that people/,
  },
  {
    what: "a pattern that means every role",
    problems: bastion(`roles: { PowerUser: { assumableRoles: ["*"] } }`),
    path: "roles.PowerUser.assumableRoles[0]",
    found: /\*/,
    expected: /behind three letters or more/,
  },
  {
    what: "a role that is a standard one but for case",
    problems: bastion(
      `roles: { poweruser: { managedPolicies: [ReadOnlyAccess] } }`,
    ),
    path: "roles.poweruser",
    found: /equal to "PowerUser" but for case/,
    expected: /more than case/,
  },
  {
    what: "role names that are equal but for case",
    problems: bastion(
      `roles: { Audit: { managedPolicies: [SecurityAudit] }, audit: { managedPolicies: [SecurityAudit] } }`,
    ),
    path: "roles.audit",
    found: /equal to "Audit" but for case/,
    expected: /more than case/,
  },
  {
    what: "a role called like the one that deployments take",
    problems: bastion(
      `roles: { organizationaccountaccessrole: { managedPolicies: [SecurityAudit] } }`,
    ),
    path: "roles.organizationaccountaccessrole",
    found: /OrganizationAccountAccessRole, which deploymentRole stands for/,
    expected: /no other role/,
  },
  {
    what: "a role called like one of the pipeline's",
    problems: bastion(
      `pipeline: { repository: acme/bastion }\nroles: { pipeline-preview: { managedPolicies: [SecurityAudit] } }`,
    ),
    path: "roles.pipeline-preview",
    found: /pipeline-preview, which pipeline stands for/,
    expected: /no other role/,
  },
  {
    what: "a role with the name of the auditor's",
    problems: bastion(
      "auditor: true\nroles: { Auditor: { managedPolicies: [SecurityAudit] } }",
    ),
    path: "roles.Auditor",
    found: /the name of the role Auditor, which auditor stands for/,
    expected: /a name that no other role/,
  },
  {
    what: "a role whose description IAM would refuse",
    problems: bastion(
      `roles: { Audit: { managedPolicies: [SecurityAudit], description: "reads – and writes" } }`,
    ),
    path: "roles.Audit.description",
    found: /reads/,
    expected: /Latin-1/,
  },
  {
    what: "two roles that would be one resource",
    problems: problemsOf(`
stack: workload
bastionAccountId: "111111111111"
accounts:
  dev: { id: "222222222222" }
  dev-eu: { id: "033333333333" }
roles: { eu-ReadOnly: { managedPolicies: [SecurityAudit] } }
`),
    path: "accounts.dev-eu",
    found: /dev-eu-ReadOnly.*account dev with role eu-ReadOnly/,
    expected: /joined by -/,
  },
  {
    what: "a session longer than AWS allows",
    problems: bastion(`roles: { OpsSudo: { maxSessionSeconds: 43201 } }`),
    path: "roles.OpsSudo.maxSessionSeconds",
    found: /43201/,
    expected: /3600 to 43200/,
  },
  {
    what: "an age of MFA that is neither seconds nor none",
    problems: bastion(`roles: { ReadOnly: { mfaMaxAgeSeconds: any } }`),
    path: "roles.ReadOnly.mfaMaxAgeSeconds",
    found: /"any"/,
    expected: /60 to 129600, or none/,
  },
  {
    what: "an administrator's MFA of any age",
    problems: bastion(`roles: { OpsSudo: { mfaMaxAgeSeconds: none } }`),
    path: "roles.OpsSudo.mfaMaxAgeSeconds",
    found: /"none"/,
    expected: /a whole number from 60 to 129600$/,
  },
  {
    what: "a path of passable roles that holds every role",
    problems: bastion(`roles: { PowerUser: { passRolePath: / } }`),
    path: "roles.PowerUser.passRolePath",
    found: /"\/"/,
    expected: /below the root/,
  },
  {
    what: "a further role that can do nothing",
    problems: bastion(`roles: { Analyst: {} }`),
    path: "roles.Analyst",
    found: /\{\}/,
    expected: /managedPolicies, inlinePolicies or both/,
  },
  {
    what: "a role with more managed policies than IAM attaches",
    problems: bastion(
      `roles: { Analyst: { managedPolicies: [a, b, c, d, e, f, g, h, i, j, k] } }`,
    ),
    path: "roles.Analyst.managedPolicies",
    found: /"a"/,
    expected: /at most 10/,
  },
  {
    what: "inline documents over the quota of a role",
    problems: bastion(
      `roles: { Analyst: { inlinePolicies: { big: { Statement: { Effect: Allow, Action: "s3:*", Resource: "arn:aws:s3:::${"x".repeat(8_440)}" } } } } }`,
    ),
    path: "roles.Analyst.inlinePolicies",
    found: /\d+ characters/,
    expected: new RegExp(
      `at most ${inlineCharacters} in all, which is IAM's quota for a role less`,
    ),
  },
  {
    what: "an inline document called like the guard that each role has",
    problems: bastion(
      `roles: { Analyst: { inlinePolicies: { account-guard: { Statement: [] } } } }`,
    ),
    path: "roles.Analyst.inlinePolicies.account-guard",
    found: /which the program gives to roles by itself/,
    expected: /a name of its own/,
  },
];
