import {
  allow,
  deny,
  dev,
  everything,
  json,
  type Statement,
} from "./documents";
import { iam, role } from "./resources";
import { testRows, type Row } from "./rows";

const rule = "iam-power-is-guarded";

const edge = `arn:aws:iam::${dev}:policy/edge`;
const changes = ["iam:CreateRole", "iam:AttachRolePolicy", "iam:PutRolePolicy"];
const apps = `arn:aws:iam::${dev}:role/app-*`;

/** What it allows on the roles of applications, where their boundary is as the condition says. */
const delegated = (
  boundary: string,
  { operator = "StringEquals", actions = changes } = {},
): Statement =>
  allow(actions, apps, {
    Condition: { [operator]: { "iam:PermissionsBoundary": boundary } },
  });

const delegate = (...statements: readonly Statement[]) =>
  role("R", { inlinePolicies: [{ name: "p", policy: json(...statements) }] });
const boundary = (...statements: readonly Statement[]) =>
  iam("Policy", "edge", { name: "edge", policy: json(...statements) });

const buckets = allow("s3:*");

/** Actions of which some carry the boundary, and leave it, and others carry none. */
const further = [
  "iam:UpdateAssumeRolePolicy",
  "iam:UpdateRole",
  "iam:DeleteRole",
  "iam:TagRole",
  "iam:CreateAccessKey",
];

const harmless: readonly (readonly [string, Row["resources"]])[] = [
  [
    "roles made within a boundary that allows no power",
    [delegate(delegated(edge)), boundary(buckets)],
  ],
  [
    "roles made within a boundary of AWS's",
    [delegate(delegated("arn:aws:iam::aws:policy/ReadOnlyAccess"))],
  ],
  [
    "roles that make others within the same boundary",
    [delegate(delegated(edge)), boundary(buckets, delegated(edge))],
  ],
  [
    "roles made within a boundary that the maker's own boundary asks for",
    [
      role("R", {
        inlinePolicies: [{ name: "p", policy: json(everything) }],
        permissionsBoundary: `arn:aws:iam::${dev}:policy/makers`,
      }),
      iam("Policy", "makers", {
        name: "makers",
        policy: json(delegated(edge)),
      }),
      boundary(buckets),
    ],
  ],
  [
    "whatever else is done to roles within a boundary that allows no power",
    [
      delegate(delegated(edge, { actions: [...changes, ...further] })),
      boundary(buckets),
    ],
  ],
  ...["PrincipalAccount", "ResourceAccount"].map(
    (key): (typeof harmless)[number] => [
      `roles made within a boundary of the account that \${aws:${key}} is`,
      [
        delegate(delegated(`arn:aws:iam::\${aws:${key}}:policy/edge`)),
        boundary(buckets, delegated(`arn:aws:iam::\${aws:${key}}:policy/edge`)),
      ],
    ],
  ),
  [
    "roles made within a boundary whose name is written in another case",
    [
      delegate(delegated(edge, { operator: "StringEqualsIgnoreCase" })),
      boundary(buckets),
    ],
  ],
  [
    "users made within a boundary that closes IAM",
    [
      delegate(
        delegated(edge, {
          actions: ["iam:CreateUser", "iam:PutUserPermissionsBoundary"],
        }),
      ),
      boundary(everything, deny(["iam:*", "organizations:*", "sso:*"])),
    ],
  ],
];

const leaks: readonly (readonly [string, Row["resources"], string])[] = [
  [
    "within a boundary that allows everything",
    [delegate(delegated(edge)), boundary(everything)],
    "iam:AttachRolePolicy",
  ],
  [
    "within a boundary that says who gets into other accounts",
    [delegate(delegated(edge)), boundary(allow("sso:*"))],
    "iam:AttachRolePolicy",
  ],
  [
    "within a boundary of another stack",
    [delegate(delegated(edge))],
    "iam:AttachRolePolicy",
  ],
  [
    "within any boundary of such a name",
    [
      delegate(delegated(`${edge}*`, { operator: "StringLike" })),
      boundary(buckets),
    ],
    "iam:AttachRolePolicy",
  ],
  [
    "where the boundary may be left out",
    [
      delegate(delegated(edge, { operator: "StringEqualsIfExists" })),
      boundary(buckets),
    ],
    "iam:AttachRolePolicy",
  ],
  ...["StringEqualsIfExists", "StringNotEquals"].map(
    (operator): (typeof leaks)[number] => [
      `where ${operator} is met without a boundary`,
      [
        delegate(delegated(edge, { operator, actions: ["iam:TagRole"] })),
        boundary(buckets),
      ],
      "iam:TagRole",
    ],
  ),
  [
    "within a boundary of the account that a variable names, which allows everything",
    [
      delegate(delegated("arn:aws:iam::${aws:PrincipalAccount}:policy/edge")),
      boundary(everything),
    ],
    "iam:AttachRolePolicy",
  ],
  [
    "the end of the boundary",
    [
      delegate(
        delegated(edge, { actions: ["iam:DeleteRolePermissionsBoundary"] }),
      ),
      boundary(buckets),
    ],
    "iam:DeleteRolePermissionsBoundary",
  ],
  [
    "another boundary",
    [
      delegate(delegated(edge), allow("iam:PutRolePermissionsBoundary", apps)),
      boundary(buckets),
    ],
    "iam:PutRolePermissionsBoundary",
  ],
  [
    "what the boundary allows",
    [
      delegate(delegated(edge), allow("iam:CreatePolicyVersion", edge)),
      boundary(buckets),
    ],
    "iam:CreatePolicyVersion",
  ],
  [
    "who takes the roles",
    [
      delegate(delegated(edge), allow("iam:UpdateAssumeRolePolicy", apps)),
      boundary(buckets),
    ],
    "iam:UpdateAssumeRolePolicy",
  ],
  [
    "roles without a boundary",
    [
      delegate(delegated(edge), allow("iam:CreateRole", apps)),
      boundary(buckets),
    ],
    "iam:CreateRole",
  ],
];

describe(`${rule}, where the making of roles is delegated`, () => {
  testRows(rule, [
    ...harmless.map(([what, resources]): Row => ({
      title: `takes ${what}`,
      resources,
    })),
    ...leaks.map(([what, resources, action]): Row => ({
      title: `finds power over roles: ${what}`,
      resources,
      finds: [{ resource: "R", kind: "wrong", witness: { action } }],
    })),
  ]);
});
