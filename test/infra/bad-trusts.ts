import { bastion, type BadInput } from "./bad-inputs";

export const inFlow = (value: unknown): string => JSON.stringify(value);

/** A role that no person takes, with what is wrong with it. */
export const machineRole = (trust: unknown, more: object = {}, yaml = "") =>
  bastion(
    `roles: { Robot: ${inFlow({ managedPolicies: ["SecurityAudit"], trust, ...more })} }\n${yaml}`,
  );

const uuid = "5f3c0b7e-2a41-4c5e-9d0b-8a7f6e5d4c3b";
export const vendor = {
  accountId: "999999999999",
  externalId: "acme-7f3a9c21",
};
const gitLab = {
  issuer: "gitlab.com",
  audience: "https://gitlab.com",
  subjects: ["project_path:acme/shop:ref_type:branch:ref:main"],
};

const vendors: readonly BadInput[] = [
  ...[
    ["none", undefined, /nothing/],
    ["an empty one", "", /""/],
    ["a wildcard", "*", /\*/],
    ["one with a wildcard behind", "acme-7f3a*", /\*/],
    ["a policy variable", "${aws:username}", /aws:username/],
    ["a customer number", "1234567", /1234567/],
  ].map(([what, externalId, found]) => ({
    what: `a vendor with ${String(what)} for its external id`,
    problems: machineRole({ vendor: { ...vendor, externalId } }),
    path: "roles.Robot.trust.vendor.externalId",
    found: found as RegExp,
    expected: /8 to 1,224 letters/,
  })),
  ...[
    ["the vendor's account", vendor.accountId, /the vendor's/],
    ["the bastion", "111111111111", /the bastion's/],
    ["a workload account", "222222222222", /accounts\.dev's/],
  ].map(([what, externalId, found]) => ({
    what: `the id of ${String(what)} for an external id`,
    problems: machineRole({ vendor: { ...vendor, externalId } }),
    path: "roles.Robot.trust.vendor.externalId",
    found: found as RegExp,
    expected: /that the vendor has made for you: others know/,
  })),
  {
    what: "the bastion as a vendor",
    problems: machineRole({ vendor: { ...vendor, accountId: "111111111111" } }),
    path: "roles.Robot.trust.vendor.accountId",
    found: /which is the bastion's/,
    expected: /trust\.role/,
  },
  {
    what: "a workload account as a vendor",
    problems: machineRole({ vendor: { ...vendor, accountId: "222222222222" } }),
    path: "roles.Robot.trust.vendor.accountId",
    found: /accounts\.dev's/,
    expected: /trust\.role/,
  },
  {
    what: "a vendor's account that YAML turned into a number",
    problems: machineRole({ vendor: { ...vendor, accountId: 99 } }),
    path: "roles.Robot.trust.vendor.accountId",
    found: /99/,
    expected: /12 digits, in quotes/,
  },
];

const issuers: readonly BadInput[] = [
  "gitlab.com:8443",
  "gitlab.com/",
  "GitLab.com",
  "ada@gitlab.com",
  "gitlab.com?tenant=acme",
  "gitlab.com#acme",
  "*.gitlab.com",
  "http://gitlab.com",
  "https://https://gitlab.com",
  "gitlab.com/../evil.example",
  "gitlab.com//x",
  "localhost",
  "10.0.0.1",
  "gitlab.com/%2e%2e",
  "arn:aws:iam::222222222222:oidc-provider/gitlab.com",
  "",
].map((issuer) => ({
  what: `the issuer ${JSON.stringify(issuer)}`,
  problems: machineRole({ oidc: { ...gitLab, issuer } }),
  path: "roles.Robot.trust.oidc.issuer",
  found: /^"/,
  expected: /an issuer's host and path/,
}));

const peoplesIssuers: readonly BadInput[] = [
  "accounts.google.com",
  "cognito-identity.amazonaws.com",
  "cognito-idp.eu-west-1.amazonaws.com/eu-west-1_abcdefghi",
  "appleid.apple.com",
  "securetoken.google.com/acme",
  "id.twitch.tv/oauth2",
  "login.microsoftonline.com/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0",
].map((issuer) => ({
  what: `${issuer}, where people sign in, as a machine's issuer`,
  problems: machineRole({ oidc: { ...gitLab, issuer, subjects: ["110248"] } }),
  path: "roles.Robot.trust.oidc.issuer",
  found: /^"/,
  expected: /people sign in to the bastion, with MFA/,
}));

const subjects: readonly BadInput[] = (
  [
    ["token.actions.githubusercontent.com", "repo:acme/*"],
    ["token.actions.githubusercontent.com", "repo:acme/shop:*"],
    ["token.actions.githubusercontent.com", "repo:acme/shop"],
    ["token.actions.githubusercontent.com", "repo:acme/shop:pull_request*"],
    ["token.actions.githubusercontent.com", "repo:acme/shop:ref:*"],
    ["token.actions.githubusercontent.com", "repo:acme/shop:environment:*"],
    ["token.actions.githubusercontent.com", "repo:acme/shop:environment:prod*"],
    ["token.actions.githubusercontent.com", "repo:acme/shop:environment:"],
    ["token.actions.acme.ghe.com", "repo:acme/shop:environment:prod*"],
    ["github.acme.example/_services/token", "repo:acme/*"],
    ["gitlab.com", "project_path:acme/*"],
    ["gitlab.com", "project_path:acme/shop:*"],
    ["gitlab.com", "project_path:acme/shop:ref_type:branch:ref:"],
    [
      `api.bitbucket.org/2.0/workspaces/acme/pipelines-config/identity/oidc`,
      `{${uuid}}*`,
    ],
    [`oidc.circleci.com/org/${uuid}`, `org/${uuid}/project/*`],
    [`oidc.circleci.com/org/${uuid}`, `org/${uuid}/*`],
    ["app.terraform.io", "organization:acme:*"],
    ["app.terraform.io", "organization:acme:project:*"],
    ["app.terraform.io", "organization:acme:workspace:shop:run_phase:apply"],
    ["app.terraform.io", "organization:acme:project:shop:*"],
    [
      "oidc.eks.eu-central-1.amazonaws.com/id/0123ABCD",
      "system:serviceaccount:*",
    ],
    [
      "oidc.eks.eu-central-1.amazonaws.com/id/0123ABCD",
      "system:serviceaccount:shop*",
    ],
    ["agent.buildkite.com", "organization:acme:pipeline:shop*"],
    ["api.pulumi.com/oidc", "pulumi:deploy:org:acme:*"],
    ["login.acme.example", "robot-*"],
    ["login.acme.example", "project_path:acme/shop*"],
  ] as const
).map(([issuer, subject]) => ({
  what: `the subject ${subject} of ${issuer}`,
  problems: machineRole({
    oidc: { issuer, audience: "sts.amazonaws.com", subjects: [subject] },
  }),
  path: "roles.Robot.trust.oidc.subjects[0]",
  found: new RegExp(subject.replace(/[^a-z]+/g, ".*")),
  expected: /subject (of one project|in full)/,
}));

const misspeltSubjects: readonly BadInput[] = [
  "*",
  "project_path:acme/shop:ref_type:*:ref:main",
  "project_path:acme/sh?p:ref_type:branch:ref:main",
  "project_path:acme/${aws:username}:ref_type:branch:ref:main",
  "project_path:acme/shop:ref_type:branch:ref:main**",
  "",
].map((subject) => ({
  what: `the subject ${JSON.stringify(subject)}`,
  problems: machineRole({ oidc: { ...gitLab, subjects: [subject] } }),
  path: "roles.Robot.trust.oidc.subjects[0]",
  found: /^"/,
  expected: /subject/,
}));

const tokens: readonly BadInput[] = [
  ...["*", "${aws:username}", "sts.amazonaws.com?", ""].map((audience) => ({
    what: `the audience ${JSON.stringify(audience)}`,
    problems: machineRole({ oidc: { ...gitLab, audience } }),
    path: "roles.Robot.trust.oidc.audience",
    found: /^"/,
    expected: /the audience that the tokens are for, in full/,
  })),
  {
    what: "tokens of no subject",
    problems: machineRole({ oidc: { ...gitLab, subjects: [] } }),
    path: "roles.Robot.trust.oidc.subjects",
    found: /\[\]/,
    expected: /at least one subject/,
  },
  {
    what: "more subjects than a trust policy has room for",
    problems: machineRole({
      oidc: {
        ...gitLab,
        subjects: Array.from(
          { length: 40 },
          (_, index) =>
            `project_path:acme/shop-${index}:ref_type:branch:ref:main`,
        ),
      },
    }),
    path: "roles.Robot.trust",
    found: /a trust policy of \d{4} characters/,
    expected: /at most 2048/,
  },
  {
    what: "two roles that do not agree on who makes the identity provider",
    problems: bastion(
      `roles: ${inFlow({
        One: { managedPolicies: ["SecurityAudit"], trust: { oidc: gitLab } },
        Two: {
          managedPolicies: ["SecurityAudit"],
          trust: { oidc: { ...gitLab, existingProvider: true } },
        },
      })}`,
    ),
    path: "roles.Two.trust.oidc.existingProvider",
    found: /the role One says false/,
    expected: /the same for all roles of an account/,
  },
];

const roles: readonly BadInput[] = [
  ...["PowerUser", "OpsSudo", "app/opssudo", "HelpDesk", "pipeline-deployment"]
    .concat("OrganizationAccountAccessRole", "Robot")
    .map((name) => ({
      what: `a session of ${name} where people's MFA would be lost`,
      problems: machineRole({ role: { account: "dev", name } }),
      path: "roles.Robot.trust.role.name",
      found: /which people, the pipeline or a deployment take/,
      expected: /a role that a machine has/,
    })),
  ...[
    "*",
    "ci-*",
    "ci?",
    "aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_0123456789abcdef",
    "arn:aws:iam::222222222222:role/ci",
    "",
  ].map((name) => ({
    what: `the role name ${JSON.stringify(name)} of another account`,
    problems: machineRole({ role: { account: "dev", name } }),
    path: "roles.Robot.trust.role.name",
    found: /^"/,
    expected: /a role's name/,
  })),
  {
    what: "a role of no account",
    problems: machineRole({ role: { name: "ci" } }),
    path: "roles.Robot.trust.role",
    found: /no account/,
    expected: /account, the name of one under accounts; or accountId/,
  },
  {
    what: "a role of two accounts",
    problems: machineRole({
      role: { name: "ci", account: "dev", accountId: "444444444444" },
    }),
    path: "roles.Robot.trust.role",
    found: /account beside accountId/,
    expected: /or accountId/,
  },
  {
    what: "a role of an account that the config does not have",
    problems: machineRole({ role: { name: "ci", account: "stage" } }),
    path: "roles.Robot.trust.role.account",
    found: /"stage"/,
    expected: /an account: dev, prod/,
  },
  {
    what: "a role of the bastion, where people are",
    problems: machineRole({ role: { name: "ci", accountId: "111111111111" } }),
    path: "roles.Robot.trust.role.accountId",
    found: /which is the bastion's/,
    expected: /where machines run/,
  },
  {
    what: "an account by its id that has a name",
    problems: machineRole({ role: { name: "ci", accountId: "222222222222" } }),
    path: "roles.Robot.trust.role.accountId",
    found: /which is accounts\.dev\.id/,
    expected: /account: dev/,
  },
  {
    what: "the root of an account, or its users",
    problems: machineRole({ role: "arn:aws:iam::222222222222:root" }),
    path: "roles.Robot.trust.role",
    found: /arn:aws:iam::222222222222:root/,
    expected: /another account's role: name/,
  },
];

const kinds: readonly BadInput[] = [
  {
    what: "a vendor and tokens for one role",
    problems: machineRole({ vendor, oidc: gitLab }),
    path: "roles.Robot.trust",
    found: /vendor/,
    expected: /one of vendor, oidc, role/,
  },
  {
    what: "nobody for a role that no person takes",
    problems: machineRole({}),
    path: "roles.Robot.trust",
    found: /\{\}/,
    expected: /one of vendor, oidc, role/,
  },
  {
    what: "nothing behind trust",
    problems: machineRole(null),
    path: "roles.Robot.trust",
    found: /null/,
    expected: /who takes the role/,
  },
  {
    what: "another principal of IAM's",
    problems: machineRole({ service: "ec2.amazonaws.com" }),
    path: "roles.Robot.trust.service",
    found: /an unknown key/,
    expected: /vendor, oidc, role/,
  },
  {
    what: "MFA that a machine is to give",
    problems: machineRole({ vendor }, { mfaMaxAgeSeconds: 3600 }),
    path: "roles.Robot.mfaMaxAgeSeconds",
    found: /an unknown key/,
    expected: /maxSessionSeconds/,
  },
  ...["PowerUser", "OpsSudo", "ReadOnly"].map((name) => ({
    what: `${name} as a vendor's`,
    problems: bastion(`roles: ${inFlow({ [name]: { trust: { vendor } } })}`),
    path: `roles.${name}.trust`,
    found: /an unknown key/,
    expected: /maxSessionSeconds/,
  })),
  ...["Auditor", "HelpDesk", "pipeline-deployment", "auditor"].map((name) => ({
    what: `${name} as a vendor's`,
    problems: bastion(
      `roles: ${inFlow({ [name]: { managedPolicies: ["SecurityAudit"], trust: { vendor } } })}`,
    ),
    path: `roles.${name}`,
    found: /the name of the role/,
    expected: /no other role/,
  })),
];

export const badTrusts: readonly BadInput[] = [
  ...vendors,
  ...issuers,
  ...peoplesIssuers,
  ...subjects,
  ...misspeltSubjects,
  ...tokens,
  ...roles,
  ...kinds,
];
