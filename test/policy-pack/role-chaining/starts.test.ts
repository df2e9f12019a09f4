import { unknownText } from "../pack";
import {
  allow,
  bastion,
  dev,
  json,
  mfa,
  people,
  prod,
  readsBuckets,
  root,
  trusts,
  type Statement,
} from "../rules/documents";
import { resource, role } from "../rules/resources";
import { testRows, type Row } from "../rules/rows";
import { ownRoot, strong, taking } from "./roles";

const rule = "no-escalation-by-role-chaining";
const organisation = { powerRoles: [] };

const arn = "arn:aws:sso:::permissionSet/ssoins-1/ps-1";
const sso = (type: string, name: string, inputs: object, more: object = {}) =>
  resource(
    `aws:ssoadmin/${type.charAt(0).toLowerCase()}${type.slice(1)}:${type}`,
    name,
    { ...inputs },
    more,
  );
const set = (statement: Statement) => [
  sso("PermissionSet", "Dev", { name: "Dev" }, { outputs: { arn } }),
  sso("PermissionSetInlinePolicy", "inline", {
    permissionSetArn: arn,
    inlinePolicy: json(statement),
  }),
];
const nativeSet = (statement: Statement) =>
  resource("aws-native:sso:PermissionSet", "Dev", {
    name: "Dev",
    inlinePolicy: json(statement),
  });
const assigned = (targetId: unknown, permissionSetArn: unknown = arn) =>
  sso("AccountAssignment", "to", { permissionSetArn, targetId });
const devIn = (account: string) => `permission set Dev in account ${account}`;
const found = (kind: "wrong" | "undecided" = "wrong") =>
  [{ resource: "Strong", kind, chain: [devIn(dev), "Strong"] }] as const;

const reserved = `arn:aws:iam::${dev}:role/aws-reserved/sso.amazonaws.com/eu-central-1/AWSReservedSSO`;
const hash = "0123456789abcdef";
const byArn = (like: string): Statement =>
  trusts(
    { AWS: root(dev) },
    { Condition: { ArnLike: { "aws:PrincipalArn": like } } },
  );

const permissionSets: readonly Row[] = [
  {
    title: "finds a role that one takes in the account that it is assigned to",
    resources: [...set(taking), assigned(dev), strong(ownRoot)],
    finds: found(),
  },
  {
    title: "is content where it is assigned to another account",
    resources: [...set(taking), assigned(prod), strong(ownRoot)],
  },
  {
    title: "finds it in every account, where another stack assigns it",
    resources: [nativeSet(taking), strong(ownRoot)],
    finds: found(),
  },
  {
    title: "finds it where its account, or which one is assigned, is not known",
    resources: [
      ...set(taking),
      assigned(prod),
      { ...assigned(unknownText), name: "later" },
      strong(ownRoot),
    ],
    finds: found(),
  },
  {
    title: "is content where it does not hold the permission",
    resources: [...set(readsBuckets), assigned(dev), strong(ownRoot)],
  },
  {
    title: "is content where the role asks for MFA, which no session has",
    resources: [
      ...set(taking),
      assigned(dev),
      strong(trusts({ AWS: root(dev) }, { Condition: mfa })),
    ],
  },
  {
    title: "is content where one is no weaker",
    resources: [...set(allow("*")), assigned(dev), strong(ownRoot)],
  },
  ...[`${reserved}_Dev_*`, `${reserved}_D*`].map((like): Row => ({
    title: `finds it where the role asks for ${like}`,
    resources: [...set(taking), assigned(dev), strong(byArn(like))],
    finds: found(),
  })),
  ...[`${reserved}_Admin_*`, `arn:aws:iam::${dev}:role/Dev`].map(
    (like): Row => ({
      title: `is content where the role asks for ${like}`,
      resources: [...set(taking), assigned(dev), strong(byArn(like))],
    }),
  ),
  ...[
    `${reserved}_Dev_${hash}`,
    `arn:aws:sts::${dev}:assumed-role/AWSReservedSSO_Dev_${hash}/ada`,
  ].map((principal): Row => ({
    title: `finds it by name, without a permission: ${principal}`,
    resources: [
      ...set(readsBuckets),
      assigned(dev),
      strong(trusts({ AWS: principal })),
    ],
    finds: found(),
  })),
  {
    title: "is content where another permission set is named",
    resources: [
      ...set(readsBuckets),
      assigned(dev),
      strong(trusts({ AWS: `${reserved}_DevOps_${hash}` })),
    ],
  },
  {
    title: "finds what runs with a role, whose code its people may change",
    resources: [
      ...set(allow("lambda:UpdateFunctionCode")),
      assigned(dev),
      strong(trusts({ Service: "lambda.amazonaws.com" })),
      resource("aws:lambda/function:Function", "orders", { role: "Strong" }),
    ],
    finds: [
      { resource: "Strong", chain: [devIn(dev), "function orders", "Strong"] },
    ],
  },
  {
    title: "says where its policy is not known yet",
    resources: [
      resource("aws-native:sso:PermissionSet", "Dev", {
        name: "Dev",
        inlinePolicy: unknownText,
      }),
    ],
    finds: [{ resource: "", kind: "unknown", field: "inlinePolicy" }],
  },
];

const unheardOf = { Condition: { Sounds: { "aws:x": "y" } } };
const support = (trust: Statement) =>
  role("Support", {
    assumeRolePolicy: json(trust),
    inlinePolicies: [{ name: "p", policy: json(taking) }],
  });

const people_: readonly Row[] = [
  {
    title: "is undecided where it is whether people take the first",
    resources: [
      support(trusts({ AWS: root(bastion) }, unheardOf)),
      strong(ownRoot),
    ],
    finds: [
      {
        resource: "Strong",
        kind: "undecided",
        chain: ["Support", "Strong"],
        says: ["whether people take Support"],
      },
    ],
  },
  {
    title: "is certain where another way is",
    resources: [
      support(trusts({ AWS: root(bastion) }, unheardOf)),
      { ...support(people()), name: "S2" },
      strong(ownRoot),
    ].map((one) =>
      one.name === "S2"
        ? { ...one, inputs: { ...one.inputs, name: "S2" } }
        : one,
    ),
    finds: [{ resource: "Strong", kind: "wrong", chain: ["S2", "Strong"] }],
  },
  {
    title: "is content where it is undecided for others than people",
    resources: [
      support(trusts({ Service: "lambda.amazonaws.com" }, unheardOf)),
      strong(ownRoot),
    ],
  },
];

const anywhere = { provider: { region: "eu-central-1" } };
const ofLambda = strong(
  trusts({ Service: "lambda.amazonaws.com" }),
  {},
  anywhere,
);
const unplaced: readonly Row[] = [
  {
    title: "finds a function of the account, whose code PowerUser may change",
    resources: [
      ofLambda,
      resource(
        "aws:lambda/function:Function",
        "orders",
        { role: "Strong" },
        anywhere,
      ),
    ],
    finds: [
      {
        resource: "Strong",
        chain: [
          "PowerUser of the stack's account",
          "function orders",
          "Strong",
        ],
      },
    ],
  },
  {
    title: "is content where the config has no power roles",
    organisation,
    resources: [
      ofLambda,
      resource(
        "aws:lambda/function:Function",
        "orders",
        { role: "Strong" },
        anywhere,
      ),
    ],
  },
  {
    title: "is content where only another account is trusted",
    resources: [strong(trusts({ AWS: root("555555555555") }), {}, anywhere)],
  },
];

describe(`${rule}, where chains begin`, () => {
  describe("at permission sets of Identity Center", () => {
    testRows(
      rule,
      permissionSets.map((one) => ({ organisation, ...one })),
    );
  });
  describe("at roles that people perhaps take", () => {
    testRows(
      rule,
      people_.map((one) => ({ organisation, ...one })),
    );
  });
  describe("at power roles, where the account does not show", () => {
    testRows(rule, unplaced);
  });
});
