import { unknownText } from "../pack";
import {
  allow,
  bastion,
  dev,
  everything,
  freshMfa,
  json,
  people,
  prod,
  readsBuckets,
  root,
  service,
  trusts,
  type Statement,
} from "./documents";
import { anyAccount, changesIam, type FoundWitness } from "./found";
import { group, iam, member, nativeRole, role, user } from "./resources";
import { bastionStack, testRows, type Row } from "./rows";

const rule = "iam-power-is-guarded";
const administrator = "arn:aws:iam::aws:policy/AdministratorAccess";

const opsSudo = (condition: object, inputs: object = {}) =>
  role("OpsSudo", {
    assumeRolePolicy: json(people(condition)),
    managedPolicyArns: [administrator],
    ...inputs,
  });

const github = "token.actions.githubusercontent.com";
const workflows = (subject: string) => ({
  Effect: "Allow",
  Principal: { Federated: `arn:aws:iam::${dev}:oidc-provider/${github}` },
  Action: "sts:AssumeRoleWithWebIdentity",
  Condition: {
    StringEquals: { [`${github}:aud`]: "sts.amazonaws.com" },
    StringLike: { [`${github}:sub`]: subject },
  },
});
const takenBy = (...statements: readonly Statement[]) =>
  opsSudo({}, { assumeRolePolicy: json(...statements) });
const withMfa = { Condition: freshMfa };

/** Who else takes it, beside the bastion's people. */
const others: readonly (readonly [string, Statement, FoundWitness])[] = [
  ["a service", service, { caller: "service", name: "lambda.amazonaws.com" }],
  [
    "users of its own account, with MFA",
    trusts({ AWS: root(dev) }, withMfa),
    { caller: "user", account: dev },
  ],
  [
    "users of another known account, with MFA",
    trusts({ AWS: root(prod) }, withMfa),
    { caller: "user", account: prod },
  ],
  [
    "everybody, with MFA",
    trusts("*", withMfa),
    { caller: "user", account: anyAccount },
  ],
  [
    "a role of its own account",
    trusts({ AWS: `arn:aws:iam::${dev}:role/ci` }),
    { caller: "role session", arn: `arn:aws:iam::${dev}:role/ci` },
  ],
  [
    "roles of the bastion",
    trusts({ AWS: root(bastion) }),
    { caller: "role session", account: bastion },
  ],
  ...[
    ["any token", "repo:*"],
    ["pinned tokens of a stranger", "repo:evil/backdoor:pull_request"],
  ].map(
    ([what = "", subject = ""]) =>
      [
        what,
        workflows(subject),
        {
          caller: "federated",
          name: `arn:aws:iam::${dev}:oidc-provider/${github}`,
        },
      ] as const,
  ),
];

const namedRows: readonly Row[] = [
  ...others.map(([who, statement, witness]): Row => ({
    title: `a name is no licence: finds one that ${who} take`,
    resources: [takenBy(people(freshMfa), statement)],
    finds: [
      {
        resource: "OpsSudo",
        kind: "wrong",
        field: "assumeRolePolicy",
        statements: [2],
        witness,
      },
    ],
  })),
  {
    title: "finds it whatever policies the role has in this stack",
    resources: [
      role("OpsSudo"),
      nativeRole("OpsSudo", { assumeRolePolicyDocument: json(service) }),
    ].map((one, index) => ({ ...one, name: `r${index}` })),
    finds: [
      { resource: "r0", field: "assumeRolePolicy" },
      { resource: "r1", field: "assumeRolePolicyDocument" },
    ],
  },
  {
    title: "can't tell who is behind an id",
    resources: [
      takenBy(people(freshMfa), trusts({ AWS: "AROAEXAMPLEEXAMPLE234" })),
    ],
    finds: [
      {
        resource: "OpsSudo",
        kind: "undecided",
        says: ["AROAEXAMPLEEXAMPLE234"],
      },
    ],
  },
  {
    title: "can't tell who takes an administrator of another stack",
    resources: [
      iam("RolePolicyAttachment", "p", {
        role: "OpsSudo",
        policyArn: administrator,
      }),
      iam("RolePolicy", "few", { role: "Root", policy: json(readsBuckets) }),
    ],
    organisation: { administratorRoles: ["OpsSudo", "Root"] },
    finds: [{ resource: "p", kind: "undecided", says: ["OpsSudo"] }],
  },
  {
    title: "waits for the trust of a named administrator alone",
    resources: [
      opsSudo({}, { assumeRolePolicy: unknownText }),
      role("R", { assumeRolePolicy: unknownText }),
    ],
    finds: [
      { resource: "OpsSudo", kind: "unknown", field: "assumeRolePolicy" },
    ],
  },
  {
    title: "takes one that our pipeline's pinned tokens open, if it is named",
    organisation: {
      administratorRoles: ["OpsSudo", "pipeline-deployment"],
      identityProviders: [{ issuer: github, tenants: ["acme"] }],
    },
    resources: [
      takenBy(
        people(freshMfa),
        workflows("repo:acme/infra:ref:refs/heads/main"),
      ),
      opsSudo(
        {},
        {
          name: "pipeline-deployment",
          assumeRolePolicy: json(
            workflows("repo:acme/infra:ref:refs/heads/main"),
          ),
        },
      ),
    ].map((one, index) => ({ ...one, name: `r${index}` })),
  },
  {
    title: "finds one that pinned tokens of somebody else's open",
    organisation: {
      identityProviders: [{ issuer: github, tenants: ["acme"] }],
    },
    resources: [
      takenBy(
        people(freshMfa),
        workflows("repo:evil/backdoor:ref:refs/heads/x"),
      ),
    ],
    finds: [
      {
        resource: "OpsSudo",
        kind: "wrong",
        statements: [2],
        witness: { caller: "federated" },
      },
    ],
  },
  {
    title:
      "finds one that pinned tokens open where the config names no provider",
    resources: [
      takenBy(people(freshMfa), workflows("repo:acme/infra:ref:refs/heads/x")),
    ],
    finds: [{ resource: "OpsSudo", statements: [2] }],
  },
  {
    title: "takes one that may take itself as well",
    resources: [
      takenBy(
        people(freshMfa),
        trusts({ AWS: `arn:aws:iam::${dev}:role/OpsSudo` }),
      ),
    ],
  },
  {
    title: "leaves it to another rule how fresh people's MFA is",
    resources: [takenBy(people())],
  },
];

const selfService = (resource: string) =>
  iam("GroupPolicy", "self", {
    group: "bastion-users",
    policy: json(
      allow(["iam:CreateAccessKey", "iam:ChangePassword"], resource),
      allow("iam:CreateVirtualMFADevice", "arn:aws:iam::*:mfa/*"),
    ),
  });
const inBastion = (...more: Row["resources"]): Row["resources"] =>
  [
    user("ada"),
    group("bastion-users"),
    member("ada", "bastion-users"),
    ...more,
  ].map((one) => ({ ...one, provider: bastion }));

const groupRows: readonly Row[] = [
  {
    title:
      "takes the administrators that the config names, by their names in AWS",
    organisation: { administratorRoles: ["Root"] },
    resources: [
      { ...opsSudo(freshMfa, { name: "Root" }), name: "a" },
      { ...opsSudo(freshMfa), name: "b" },
    ],
    finds: [
      {
        resource: "b",
        statements: [1],
        source: "b managedPolicyArns",
        witness: {
          caller: "role session",
          arn: `arn:aws:iam::${dev}:role/OpsSudo`,
          ...changesIam,
        },
      },
    ],
  },
  ...["user/${aws:username}", "user/people/${aws:username}"].map(
    (own): Row => ({
      title: `takes what users do for themselves, at ${own}`,
      stack: bastionStack,
      resources: inBastion(selfService(`arn:aws:iam::${bastion}:${own}`)),
    }),
  ),
  ...[
    "iam:AttachUserPolicy",
    "iam:PutUserPolicy",
    "iam:DeleteUserPermissionsBoundary",
    "iam:TagUser",
    "iam:UntagUser",
  ].map((action): Row => ({
    title: `finds users who may make themselves more, by ${action}`,
    stack: bastionStack,
    resources: inBastion(
      iam("GroupPolicy", "self", {
        group: "bastion-users",
        policy: json(allow(action, "arn:aws:iam::*:user/${aws:username}")),
      }),
    ),
    finds: [
      {
        resource: "bastion-users",
        source: "self policy",
        witness: { caller: "user", action },
      },
    ],
  })),
  {
    title: "finds what they could do for others, once and at the group",
    stack: bastionStack,
    resources: inBastion(selfService(`arn:aws:iam::${bastion}:user/*`)),
    finds: [
      {
        resource: "bastion-users",
        statements: [1],
        source: "self policy",
        witness: {
          caller: "user",
          action: "iam:CreateAccessKey",
          on: `arn:aws:iam::${bastion}:user/any-name`,
        },
      },
    ],
  },
  {
    title: "finds administrators inside of the bastion",
    stack: bastionStack,
    resources: inBastion(
      iam("GroupPolicyAttachment", "p", {
        group: "bastion-users",
        policyArn: administrator,
      }),
    ),
    finds: [
      {
        resource: "bastion-users",
        source: "p policyArn",
        witness: { caller: "user", ...changesIam },
      },
    ],
  },
  {
    title: "finds power on a user, with a trust that is none of its concern",
    resources: [
      user("ada"),
      iam("UserPolicy", "p", { user: "ada", policy: json(everything) }),
      role("Support", { assumeRolePolicy: json(trusts({ AWS: root(dev) })) }),
    ],
    finds: [
      {
        resource: "ada",
        statements: [1],
        source: "p policy",
        witness: {
          caller: "user",
          arn: `arn:aws:iam::${dev}:user/ada`,
          ...changesIam,
        },
      },
    ],
  },
];

describe(rule, () => {
  describe("of those who take a named administrator", () => {
    testRows(rule, namedRows);
  });
  describe("of groups and users", () => {
    testRows(rule, groupRows);
  });
});
