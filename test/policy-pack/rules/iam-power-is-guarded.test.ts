import { unknownText } from "../pack";
import {
  allow,
  deny,
  dev,
  everything,
  json,
  prod,
  readsBuckets,
  type Statement,
} from "./documents";
import { changesIam } from "./found";
import { iam, nativeRole, role } from "./resources";
import { testRows, type Row } from "./rows";

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

/** What is tried first of all that changes IAM. */
const anyWrite = changesIam.action;
const sessionOfR = {
  caller: "role session",
  arn: `arn:aws:iam::${dev}:role/R`,
} as const;

const powers: readonly (readonly [string, Statement, string])[] = [
  ["everything", everything, anyWrite],
  ["a wildcard in the action", allow("i*:Put*"), "iam:PutRolePolicy"],
  ["one write of IAM", allow("iam:CreateUser"), "iam:CreateUser"],
  [
    "IAM left over by NotAction",
    { Effect: "Allow", NotAction: "s3:*", Resource: "*" },
    anyWrite,
  ],
  [
    "roles beside the path of service-linked ones",
    allow("iam:PutRolePolicy", `arn:aws:iam::${dev}:role/aws-service-role*`),
    "iam:PutRolePolicy",
  ],
  [
    "roles beside those that Identity Center makes",
    allow("iam:PutRolePolicy", `arn:aws:iam::${dev}:role/aws-reserved/*`),
    "iam:PutRolePolicy",
  ],
  [
    "roles of a name that Identity Center's have, without their path",
    allow("iam:PutRolePolicy", `arn:aws:iam::${dev}:role/*AWSReservedSSO_*`),
    "iam:PutRolePolicy",
  ],
  [
    "IAM, but for a key that a request need not have",
    allow("iam:*", "*", {
      Condition: {
        StringEqualsIfExists: { "iam:PassedToService": "ec2.amazonaws.com" },
      },
    }),
    anyWrite,
  ],
  [
    "which of IAM's actions carry the policy that they are about",
    allow(["iam:AttachGroupPolicy", "iam:CreateUser"], "*", {
      Condition: {
        ArnEquals: { "iam:PolicyARN": "arn:aws:iam::aws:policy/AWSDenyAll" },
      },
    }),
    "iam:AttachGroupPolicy",
  ],
  ["tags of roles, which tell who they are", allow("iam:Tag*"), "iam:TagRole"],
  ["passing all roles", allow("iam:PassRole"), "iam:PassRole"],
  [
    "passing all roles of the account",
    allow("iam:PassRole", `arn:aws:iam::${dev}:role/*`),
    "iam:PassRole",
  ],
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

const harmless: readonly (readonly [string, Statement])[] = [
  [
    "changes of a service-linked role, which IAM refuses",
    allow(
      ["iam:CreateServiceLinkedRole", "iam:PutRolePolicy"],
      "arn:aws:iam::*:role/aws-service-role/spot.amazonaws.com/AWSServiceRoleForEC2Spot",
    ),
  ],
  [
    "any change below the path of service-linked roles",
    allow("iam:*Role*", `arn:aws:iam::${dev}:role/aws-service-role/*`),
  ],
  [
    "any change of the roles that Identity Center makes, which IAM refuses",
    allow(
      "iam:*Role*",
      "arn:aws:iam::*:role/aws-reserved/sso.amazonaws.com/*/AWSReservedSSO_*",
    ),
  ],
  [
    "all of IAM with a key that PassRole alone carries, on one role",
    allow("iam:*", `arn:aws:iam::${dev}:role/app`, {
      Condition: {
        StringEquals: { "iam:PassedToService": "ec2.amazonaws.com" },
      },
    }),
  ],
  [
    "certificates of servers",
    allow(["iam:UploadServerCertificate", "iam:*ServerCertificate"]),
  ],
  ["tags of policies", allow(["iam:TagPolicy", "iam:UntagPolicy"])],
];

const roleRows: readonly Row[] = [
  ...harmless.map(([what, statement]): Row => ({
    title: `takes ${what}`,
    resources: r(statement),
  })),
  ...powers.map(([what, statement, action]): Row => ({
    title: `finds ${what}`,
    resources: r(statement),
    finds: [
      {
        resource: "R",
        kind: "wrong",
        statements: [1],
        source: "R inlinePolicies[0].policy",
        witness: { ...sessionOfR, action },
      },
    ],
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
    finds: [
      { resource: "R", kind: "wrong", witness: { caller: "role session" } },
    ],
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
    finds: [
      { resource: "R", kind: "wrong", witness: { caller: "role session" } },
    ],
  },
  {
    title: "can't decide within a boundary of another stack",
    resources: [bounded()],
    finds: [
      {
        resource: "R",
        kind: "undecided",
        unread: ["permissionsBoundary"],
        witness: changesIam,
      },
    ],
  },
  {
    title: "waits for a boundary that is not known yet",
    resources: [bounded({ permissionsBoundary: unknownText })],
    finds: [{ resource: "", kind: "unknown", field: "permissionsBoundary" }],
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
    finds: [
      {
        resource: "R",
        kind: "undecided",
        unread: ["arn:aws:iam::aws:policy/NewlyMadeFullAccess"],
      },
    ],
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
    finds: [
      { resource: "R", kind: "undecided", unread: ["the inline policy reads"] },
    ],
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
    finds: [
      {
        resource: `R-${dev}`,
        source: `attachment-${dev} policyArn`,
        witness: { account: dev, ...changesIam },
      },
    ],
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
    finds: [
      {
        resource: "allow",
        source: "allow policy",
        witness: { arn: `arn:aws:iam::${dev}:role/X`, ...changesIam },
      },
    ],
  },
  {
    title: "finds what a role of another stack is given",
    resources: [attached(administrator)],
    finds: [
      {
        resource: "p",
        source: "p policyArn",
        witness: { ...sessionOfR, ...changesIam },
      },
    ],
  },
  {
    title: "waits for policies that are not known yet",
    resources: [role("R"), rolePolicy({ policy: unknownText })],
    finds: [{ resource: "", kind: "unknown", field: "policy" }],
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
    finds: [{ resource: "", kind: "unknown", field: "policyArns.0" }],
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
    finds: [
      { resource: "R", kind: "wrong", witness: { caller: "role session" } },
    ],
  },
  {
    title: "looks into each for roles that may be passed",
    resources: somewhere(
      allow("iam:PassRole", [
        `arn:aws:iam::${prod}:role/x`,
        `arn:aws:iam::${dev}:role/*`,
      ]),
    ),
    finds: [
      { resource: "R", statements: [1], witness: { action: "iam:PassRole" } },
    ],
  },
  {
    title: "says that it can't tell where a Deny closes one account alone",
    resources: somewhere(
      allow("iam:PutRolePolicy"),
      deny("iam:*", `arn:aws:iam::${prod}:role/*`),
    ),
    finds: [
      { resource: "R", kind: "undecided", says: ["account does not show"] },
    ],
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
