import type { Declared } from "../pack";
import {
  allow,
  deny,
  dev,
  everything,
  json,
  root,
  trusts,
  type Statement,
} from "../rules/documents";
import { iam, resource, role } from "../rules/resources";
import { testRows, type Row } from "../rules/rows";
import { administrator, strong, support, taking } from "./roles";

const rule = "no-escalation-by-role-chaining";
const organisation = { powerRoles: [] };

const edge = `arn:aws:iam::${dev}:policy/edge`;
const apps = `arn:aws:iam::${dev}:role/app-*`;
const users = `arn:aws:iam::${dev}:user/app-*`;
const within = (
  actions: readonly string[],
  on = apps,
  boundary: unknown = edge,
): Statement =>
  allow(actions, on, {
    Condition: { StringEquals: { "iam:PermissionsBoundary": boundary } },
  });
const making = within(["iam:CreateRole", "iam:PutRolePolicy"]);

const boundary = (...statements: readonly Statement[]) =>
  iam("Policy", "edge", { name: "edge", policy: json(...statements) });

const anyButIam = [everything, deny(["iam:*", "organizations:*", "sso:*"])];
const ofAccount = (more: Statement = {}) =>
  strong(trusts({ AWS: root(dev) }, more));
const calledLike = (name: string) => ({
  Condition: {
    ArnLike: { "aws:PrincipalArn": `arn:aws:iam::${dev}:role/${name}` },
  },
});

const made = {
  resource: "Support",
  kind: "wrong",
  chain: ["Support", "a role within edge"],
} as const;
const reached = {
  resource: "Strong",
  kind: "wrong",
  chain: ["Support", "a role within edge", "Strong"],
} as const;

const finds: readonly (readonly [string, Row["resources"], Row["finds"]])[] = [
  [
    "roles that may use any service",
    [support(making), boundary(...anyButIam)],
    [{ ...made, strength: 1, says: ["Support can reach a role within edge"] }],
  ],
  [
    "roles that are administrators",
    [support(making), boundary(everything)],
    [{ ...made, strength: 3 }],
  ],
  [
    "roles with any policy of AWS's, where inline ones may not be given",
    [
      support(within(["iam:CreateRole", "iam:AttachRolePolicy"])),
      boundary(...anyButIam),
    ],
    [{ ...made, strength: 1 }],
  ],
  [
    "roles with policies that their maker makes",
    [
      support(
        within(["iam:CreateRole"]),
        allow("iam:AttachRolePolicy", apps, {
          Condition: {
            StringEquals: { "iam:PermissionsBoundary": edge },
            ArnLike: { "iam:PolicyARN": `arn:aws:iam::${dev}:policy/app-*` },
          },
        }),
        allow("iam:CreatePolicy", `arn:aws:iam::${dev}:policy/app-*`),
      ),
      boundary(everything),
    ],
    [{ ...made, strength: 3 }],
  ],
  [
    "a boundary that the maker's own asks for",
    [
      role("Support", {
        ...support(everything).inputs,
        permissionsBoundary: `arn:aws:iam::${dev}:policy/makers`,
      }),
      iam("Policy", "makers", { name: "makers", policy: json(making) }),
      boundary(...anyButIam),
    ],
    [{ ...made, strength: 1 }],
  ],
  [
    "a boundary that a Deny asks for",
    [
      support(allow(["iam:CreateRole", "iam:PutRolePolicy"]), {
        ...deny("iam:*"),
        Condition: { StringNotEquals: { "iam:PermissionsBoundary": edge } },
      }),
      boundary(...anyButIam),
    ],
    [{ ...made, strength: 1 }],
  ],
  [
    "users, whose keys their maker makes",
    [
      support(
        within(["iam:CreateUser", "iam:PutUserPolicy"], users),
        allow("iam:CreateAccessKey", users),
      ),
      boundary(everything),
    ],
    [{ ...made, chain: ["Support", "a user within edge"] }],
  ],
  [
    "a role of another stack's account, taken within the boundary",
    [support(making), boundary(taking), ofAccount()],
    [reached],
  ],
  [
    "a role that names those who may be made",
    [support(making), boundary(taking), ofAccount(calledLike("app-*"))],
    [reached],
  ],
  [
    "a function that those may change who are made",
    [
      support(making),
      boundary(allow("lambda:UpdateFunctionCode")),
      role("Strong", {
        managedPolicyArns: [administrator],
      }),
      resource("aws:lambda/function:Function", "orders", { role: "Strong" }),
    ],
    [
      {
        resource: "Strong",
        chain: ["Support", "a role within edge", "function orders", "Strong"],
      },
    ],
  ],
  [
    "the own role, whose boundary may be replaced",
    [
      support(
        within(
          ["iam:PutRolePermissionsBoundary", "iam:PutRolePolicy"],
          `arn:aws:iam::${dev}:role/Support`,
        ),
      ),
      boundary(...anyButIam),
    ],
    [{ ...made, chain: ["Support", "Support within edge"], strength: 1 }],
  ],
  [
    "a role that is taken, and may get policies within its boundary",
    [
      support(within(["iam:PutRolePolicy"]), taking),
      role("app-a", {
        assumeRolePolicy: json(trusts({ AWS: root(dev) })),
        permissionsBoundary: edge,
      }),
      boundary(...anyButIam),
    ],
    [{ ...made, chain: ["Support", "app-a within edge"], strength: 1 }],
  ],
  [
    "what a permission set's people may make",
    [
      resource("aws-native:sso:PermissionSet", "Support", {
        name: "Support",
        inlinePolicy: json(making),
      }),
      boundary(...anyButIam),
    ],
    [{ resource: "Support", strength: 1 }],
  ],
  [
    "what a boundary of another stack allows, which is undecided",
    [support(making)],
    [{ ...made, kind: "undecided", says: [edge] }],
  ],
  [
    "what boundaries allow that a pattern names, which is undecided",
    [
      support(
        allow(["iam:CreateRole", "iam:PutRolePolicy"], apps, {
          Condition: { StringLike: { "iam:PermissionsBoundary": `${edge}*` } },
        }),
      ),
      boundary(allow("s3:*")),
    ],
    [
      {
        ...made,
        kind: "undecided",
        chain: ["Support", "a role within edge*"],
      },
    ],
  ],
];

const passes: readonly (readonly [string, readonly Declared[]])[] = [
  [
    "roles within a boundary of a few services",
    [support(making), boundary(allow(["s3:*", "ec2:*", "dynamodb:*"]))],
  ],
  [
    "roles that make others within the same boundary",
    [support(making), boundary(allow("s3:*"), making)],
  ],
  [
    "roles that are no stronger than their maker",
    [support(making, ...anyButIam.slice(0, 1)), boundary(...anyButIam)],
  ],
  [
    "roles that nobody may give policies",
    [support(within(["iam:CreateRole"])), boundary(...anyButIam)],
  ],
  [
    "policies for roles that nobody may make",
    [support(within(["iam:PutRolePolicy"])), boundary(...anyButIam)],
  ],
  [
    "roles that may have one policy alone",
    [
      support(
        within(["iam:CreateRole"]),
        allow("iam:AttachRolePolicy", apps, {
          Condition: {
            StringEquals: {
              "iam:PermissionsBoundary": edge,
              "iam:PolicyARN": "arn:aws:iam::aws:policy/ReadOnlyAccess",
            },
          },
        }),
      ),
      boundary(...anyButIam),
    ],
  ],
  [
    "users without a way to sign in",
    [
      support(within(["iam:CreateUser", "iam:PutUserPolicy"], users)),
      boundary(...anyButIam),
    ],
  ],
  [
    "a role that trusts others than those who are made",
    [support(making), boundary(taking), ofAccount(calledLike("deploy-*"))],
  ],
  [
    "a role that is taken within the boundary, with policies that may not be given",
    [
      support(taking),
      role("app-a", {
        assumeRolePolicy: json(trusts({ AWS: root(dev) })),
        permissionsBoundary: edge,
      }),
      boundary(...anyButIam),
    ],
  ],
  [
    "a maker that people do not take",
    [
      role("Deployer", {
        inlinePolicies: [{ name: "p", policy: json(making) }],
      }),
      boundary(...anyButIam),
    ],
  ],
];

describe(`${rule}, where the making of roles is delegated`, () => {
  testRows(rule, [
    ...finds.map(([what, resources, found]): Row => ({
      title: `finds ${what}`,
      organisation,
      resources,
      finds: found ?? [],
    })),
    ...passes.map(([what, resources]): Row => ({
      title: `takes ${what}`,
      organisation,
      resources,
    })),
  ]);
});
