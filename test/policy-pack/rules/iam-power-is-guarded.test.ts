import { unknownText } from "../pack";
import {
  allow,
  deny,
  dev,
  document,
  everything,
  json,
  prod,
  readsBuckets,
  type Statement,
} from "./documents";
import { iam, native, nativeRole, role } from "./resources";
import { testRows, unknown, type Row } from "./rows";

const rule = "iam-power-is-guarded";
const administrator = "arn:aws:iam::aws:policy/AdministratorAccess";
const powerUser = "arn:aws:iam::aws:policy/PowerUserAccess";

const r = (...statements: readonly Statement[]): Row["resources"] => [
  role("R", { inlinePolicies: [{ name: "p", policy: json(...statements) }] }),
];
const rolePolicy = (inputs: object) =>
  iam("RolePolicy", "p", { role: "R", policy: json(everything), ...inputs });
const attached = (policyArn: string) =>
  iam("RolePolicyAttachment", "p", { role: "R", policyArn });

const powers: readonly (readonly [string, Statement, string])[] = [
  ["everything", everything, "change IAM"],
  ["a wildcard in the action", allow("i*:Put*"), "iam:PutRolePolicy"],
  ["one write of IAM", allow("iam:CreateUser"), "iam:CreateUser"],
  [
    "IAM left over by NotAction",
    { Effect: "Allow", NotAction: "s3:*", Resource: "*" },
    "change IAM",
  ],
  ["passing all roles", allow("iam:PassRole"), "pass a role of any name"],
  [
    "passing all roles of the account",
    allow("iam:PassRole", `arn:aws:iam::${dev}:role/*`),
    "pass a role of any name",
  ],
];

const forms: readonly (readonly [string, Row["resources"], string?])[] = [
  ["an inline policy", r(everything), "inlinePolicies[0].policy"],
  [
    "a managed policy of its own",
    [role("R", { managedPolicyArns: [administrator] })],
  ],
  ["a policy beside it", [role("R"), rolePolicy({})]],
  ["an attachment", [role("R"), attached(administrator)]],
  [
    "an attachment of the stack's own policy, by an ARN that is not known yet",
    [
      role("R"),
      iam("Policy", "all", { policy: json(everything) }),
      { ...attached(unknownText), from: { policyArn: ["all"] } },
    ],
    "of p (policyArn)",
  ],
  [
    "an attachment of the stack's own policy, by its name",
    [
      role("R"),
      iam("Policy", "all", { name: "all", policy: json(everything) }),
      attached(`arn:aws:iam::${dev}:policy/all`),
    ],
  ],
  [
    "an attachment of many kinds",
    [
      role("R"),
      iam("PolicyAttachment", "p", { roles: ["R"], policyArn: administrator }),
    ],
  ],
  [
    "an exclusive list",
    [
      role("R"),
      iam("RolePolicyAttachmentsExclusive", "p", {
        roleName: "R",
        policyArns: [administrator],
      }),
    ],
  ],
  [
    "a policy that names the role by a value that is not known yet",
    [
      role("R"),
      { ...rolePolicy({ role: unknownText }), from: { role: ["R"] } },
    ],
  ],
  [
    "aws-native's own policies",
    [
      nativeRole("R", {
        policies: [{ policyName: "p", policyDocument: document(everything) }],
      }),
    ],
    "policies[0].policyDocument",
  ],
  [
    "aws-native's policy beside it",
    [
      nativeRole("R"),
      native("RolePolicy", "p", {
        roleName: "R",
        policyDocument: document(everything),
      }),
    ],
  ],
  [
    "aws-native's managed policy",
    [
      nativeRole("R"),
      native("ManagedPolicy", "p", {
        roles: ["R"],
        policyDocument: document(everything),
      }),
    ],
  ],
  ["two providers at once", [nativeRole("R"), rolePolicy({})]],
];

const boundary = (statement: Statement) =>
  iam("Policy", "edge", { name: "edge", policy: json(statement) });
const bounded = (inputs: object = {}) => ({
  ...role("R", {
    inlinePolicies: [{ name: "p", policy: json(everything) }],
    permissionsBoundary: `arn:aws:iam::${dev}:policy/edge`,
    ...inputs,
  }),
});

const roleRows: readonly Row[] = [
  ...powers.map(([what, statement, says]): Row => ({
    title: `finds ${what}`,
    resources: r(statement),
    finds: [["R", "role R can", says, "statement 1"]],
  })),
  ...forms.map(([what, resources, says = "statement 1"]): Row => ({
    title: `finds power that comes by ${what}`,
    resources,
    finds: [["R", "role R can change IAM", says]],
  })),
  {
    title: "adds up what several policies give, and take",
    resources: [
      role("R"),
      iam("RolePolicy", "all", { role: "R", policy: json(everything) }),
      iam("RolePolicy", "p", { role: "R", policy: json(deny("iam:*")) }),
    ],
  },
  {
    title: "is not fooled by a Deny that leaves some of IAM",
    resources: r(everything, deny(["iam:Put*", "iam:Attach*"])),
    finds: [["R", "change IAM"]],
  },
  {
    title: "takes a boundary for closed that does not allow IAM",
    resources: [bounded(), boundary(allow(["s3:*", "logs:*"]))],
  },
  {
    title: "takes aws-native's boundary for one",
    resources: [
      nativeRole("R", {
        managedPolicyArns: [administrator],
        permissionsBoundary: powerUser,
      }),
    ],
  },
  {
    title: "finds power within its boundary",
    resources: [bounded(), boundary(everything)],
    finds: [["R", "change IAM"]],
  },
  {
    title: "can't decide within a boundary that stands elsewhere",
    resources: [bounded()],
    finds: [["R", "Undecided", "permissionsBoundary"]],
  },
  {
    title: "waits for a boundary that is not known yet",
    resources: [bounded({ permissionsBoundary: unknownText })],
    finds: [["", unknown, ".permissionsBoundary"]],
  },
  {
    title: "takes PowerUserAccess, which changes nothing that matters in IAM",
    resources: [
      role("R", { managedPolicyArns: [powerUser] }),
      ...r(readsBuckets),
    ].map((one, index) => ({ ...one, name: `R${index}` })),
  },
  {
    title: "does not take AWS policies for fine that it does not know",
    resources: [
      role("R", {
        managedPolicyArns: ["arn:aws:iam::aws:policy/NewlyMadeFullAccess"],
      }),
    ],
    finds: [["R", "Undecided", "NewlyMadeFullAccess"]],
  },
  {
    title:
      "does not take an inline policy of another role for the one it names",
    resources: [
      role("R"),
      role("other"),
      iam("RolePolicy", "p", {
        name: "reads",
        role: "other",
        policy: json(readsBuckets),
      }),
      iam("RolePoliciesExclusive", "list", {
        roleName: "R",
        policyNames: ["reads"],
      }),
    ],
    finds: [["R", "Undecided", "the inline policy reads"]],
  },
  {
    title: "keeps roles and policies of two accounts apart that have one name",
    resources: [dev, prod].flatMap((account) => [
      { ...role("R", {}, { provider: account }), name: `R-${account}` },
      iam(
        "Policy",
        `policy-${account}`,
        {
          name: "p",
          policy: json(account === dev ? everything : readsBuckets),
        },
        { provider: account },
      ),
      iam(
        "RolePolicyAttachment",
        `attachment-${account}`,
        { role: "R", policyArn: `arn:aws:iam::${account}:policy/p` },
        { provider: account },
      ),
    ]),
    finds: [[`R-${dev}`, "change IAM"]],
  },
  {
    title: "does not let a Deny in one account close another",
    resources: [
      iam(
        "RolePolicy",
        "allow",
        { role: "X", policy: json(everything) },
        { provider: dev },
      ),
      iam(
        "RolePolicy",
        "deny",
        { role: "X", policy: json(deny("*")) },
        { provider: prod },
      ),
    ],
    finds: [["allow", "role X can change IAM"]],
  },
  {
    title: "finds what a role is given that stands elsewhere",
    resources: [attached(administrator)],
    finds: [["p", "role R can change IAM"]],
  },
  {
    title: "waits for policies that are not known yet",
    resources: [role("R"), rolePolicy({ policy: unknownText })],
    finds: [["", unknown, ".policy"]],
  },
  {
    title: "waits for the second of two unknown policies, of which one is seen",
    resources: [
      role("R"),
      iam("Policy", "own", { policy: json(readsBuckets) }),
      {
        ...iam("RolePolicyAttachmentsExclusive", "p", {
          roleName: "R",
          policyArns: [unknownText, unknownText],
        }),
        from: { policyArns: ["own"] },
      },
    ],
    finds: [["", unknown, ".policyArns.0"]],
  },
];

/** What a provider shows that takes its account from the environment. */
const noAccount = { region: "eu-central-1" };
const somewhere = (...statements: readonly Statement[]): Row["resources"] =>
  r(...statements).map((one) => ({ ...one, provider: noAccount }));

const accountRows: readonly Row[] = [
  {
    title: "looks into each account that the policies name",
    resources: somewhere(
      allow("sts:AssumeRole", `arn:aws:iam::${prod}:role/ReadOnly`),
      allow("iam:*", `arn:aws:iam::${dev}:*`),
    ),
    finds: [["R", "change IAM"]],
  },
  {
    title: "looks into each for roles that may be passed",
    resources: somewhere(
      allow("iam:PassRole", [
        `arn:aws:iam::${prod}:role/x`,
        `arn:aws:iam::${dev}:role/*`,
      ]),
    ),
    finds: [["R", "pass a role of any name"]],
  },
  {
    title: "says that it can't tell where a Deny closes one account alone",
    resources: somewhere(
      allow("iam:PutRolePolicy"),
      deny("iam:*", `arn:aws:iam::${prod}:role/*`),
    ),
    finds: [["R", "Undecided", "account does not show"]],
  },
  {
    title: "finds its way through many Denies, in whatever order they stand",
    resources: r(
      allow("iam:*"),
      ...Array.from({ length: 14 }, (_, index) => ({
        ...deny("iam:*"),
        Condition: {
          StringEquals: {
            [`aws:PrincipalTag/a${index}`]: "x",
            [`aws:PrincipalTag/b${index}`]: "y",
          },
        },
      })),
      {
        ...deny("iam:*"),
        Condition: { StringEquals: { "aws:PrincipalAccount": dev } },
      },
    ),
  },
  {
    title: "is content with what is closed wherever it is",
    resources: somewhere(
      allow("iam:PutRolePolicy", `arn:aws:iam::${prod}:role/x/*`),
      deny("iam:*", "*"),
    ),
  },
];

describe(rule, () => {
  describe("of roles", () => {
    testRows(rule, roleRows);
  });
  describe("of roles whose account does not show", () => {
    testRows(rule, accountRows);
  });
});
