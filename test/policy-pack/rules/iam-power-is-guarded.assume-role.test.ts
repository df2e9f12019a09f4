import {
  allow,
  bastion,
  deny,
  dev,
  json,
  mfa,
  people,
  prod,
  type Statement,
} from "./documents";
import { group, iam, member, role, user } from "./resources";
import { bastionStack, testRows, type Row } from "./rows";

const rule = "iam-power-is-guarded";

const inBastion = (...more: Row["resources"]): Row["resources"] =>
  [
    user("ada"),
    group("bastion-users"),
    member("ada", "bastion-users"),
    ...more,
  ].map((one) => ({ ...one, provider: bastion }));

const taking = (resource: unknown, ...more: readonly Statement[]) =>
  iam("GroupPolicy", "roles", {
    group: "bastion-users",
    policy: json(
      allow("sts:AssumeRole", resource, { Condition: mfa }),
      ...more,
    ),
  });

const rows: readonly Row[] = [
  ...(
    [
      ["every role", "*"],
      ["roles of every name", "arn:aws:iam::*:role/*"],
      ["roles of every name in one account", `arn:aws:iam::${prod}:role/*`],
      ["names with a letter somewhere", "arn:aws:iam::*:role/*e*"],
    ] as const
  ).map(([what, resource]): Row => ({
    title: `finds members who may take ${what}, with MFA as well`,
    stack: bastionStack,
    resources: inBastion(taking(resource)),
    finds: [
      {
        resource: "bastion-users",
        kind: "wrong",
        statements: [1],
        source: "roles policy",
        witness: { caller: "user", action: "sts:AssumeRole" },
        says: ["role of any name", "name the roles in that statement"],
      },
    ],
  })),
  {
    title: "finds members who may take every role but those of one account",
    stack: bastionStack,
    resources: inBastion(
      taking("*", deny("sts:AssumeRole", `arn:aws:iam::${prod}:role/*`)),
    ),
    finds: [{ resource: "bastion-users", kind: "wrong", statements: [1] }],
  },
  {
    title: "takes members who may take roles by name",
    stack: bastionStack,
    resources: inBastion(
      taking([
        "arn:aws:iam::*:role/PowerUser",
        `arn:aws:iam::${dev}:role/OpsSudo`,
        "arn:aws:iam::*:role/people/*",
        "arn:aws:iam::*:role/shop-*",
      ]),
      iam("GroupPolicy", "else", {
        group: "bastion-users",
        policy: json(
          allow("sts:AssumeRole", "arn:aws:iam::*:role/PowerUser", {
            Condition: {
              ...mfa,
              StringEquals: { "aws:ResourceAccount": [dev, prod] },
            },
          }),
        ),
      }),
    ),
  },
  {
    title: "takes members who may take every role where a Deny closes it",
    stack: bastionStack,
    resources: inBastion(taking("*", deny("sts:*"))),
  },
  {
    title: "leaves roles that may ask for any other to role chaining",
    resources: [
      role("PowerUser", {
        assumeRolePolicy: json(people()),
        managedPolicyArns: ["arn:aws:iam::aws:policy/PowerUserAccess"],
      }),
    ],
  },
];

describe(`${rule}, of people who take roles`, () => {
  testRows(rule, rows);
});
