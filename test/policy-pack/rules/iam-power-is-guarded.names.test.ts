import { allow, bastion, dev, json } from "./documents";
import { group, iam, member, role, user } from "./resources";
import { bastionStack, testRows, type Row } from "./rows";

const users = `arn:aws:iam::${bastion}:user`;
const ownUser = `${users}/\${aws:username}`;
/** A name like any other. */
const name = "some-user-that-nobody-foresaw";

const deny = (action: string, resource: string) => ({
  ...allow(action, resource),
  Effect: "Deny",
});

const groupWith = (
  ...statements: readonly Readonly<Record<string, unknown>>[]
): Row["resources"] =>
  [
    user("ada"),
    group("bastion-users"),
    member("ada", "bastion-users"),
    iam("GroupPolicy", "p", {
      group: "bastion-users",
      policy: json(...statements),
    }),
  ].map((one) => ({ ...one, provider: bastion }));

const finds = (action: string, on?: string): NonNullable<Row["finds"]> => [
  {
    resource: "bastion-users",
    source: "p policy",
    witness: {
      caller: "user",
      action,
      ...(on === undefined ? {} : { on }),
    },
  },
];

const rows: readonly Row[] = [
  {
    title:
      "finds users who give themselves policies, though one of them may not",
    resources: groupWith(
      allow("iam:PutUserPolicy", ownUser),
      deny("iam:*", `${users}/${name}`),
    ),
    finds: finds("iam:PutUserPolicy"),
  },
  {
    title: "finds power over the keys of one user, whoever the others are",
    resources: groupWith(allow("iam:CreateAccessKey", `${users}/${name}`)),
    finds: finds("iam:CreateAccessKey", `${users}/${name}`),
  },
  {
    title: "takes users who do for themselves what nobody else may do for them",
    resources: groupWith(
      allow(["iam:CreateAccessKey", "iam:DeleteVirtualMFADevice"], ownUser),
      allow("iam:*", `arn:aws:iam::${bastion}:mfa/*`),
      deny("iam:*AccessKey", `${users}/${name}`),
    ),
  },
  {
    title: "takes users whom a Deny keeps from their own policies",
    resources: groupWith(
      allow("iam:PutUserPolicy", ownUser),
      deny("iam:PutUserPolicy", "arn:aws:iam::*:user/*"),
    ),
  },
];

const passing = (...names: readonly string[]): Row["resources"] => [
  role("R", {
    inlinePolicies: [
      {
        name: "p",
        policy: json(
          allow(
            "iam:PassRole",
            names.map((one) => `arn:aws:iam::${dev}:role/${one}`),
          ),
        ),
      },
    ],
  }),
];

describe("iam-power-is-guarded", () => {
  describe("of roles of any name", () => {
    testRows("iam-power-is-guarded", [
      ...[
        Array.from("abcdefghijklm", (one) => `${one}*`),
        ["*e*"],
        ["app-*", "*e*a*"],
      ].map((names): Row => ({
        title: `finds whoever passes them by ${names.join(", ")}`,
        resources: passing(...names),
        finds: [
          {
            resource: "R",
            statements: [1],
            witness: { action: "iam:PassRole" },
          },
        ],
      })),
      {
        title: "takes whoever passes roles of some names and paths",
        resources: passing(
          "app-*",
          "a*",
          "b*",
          "ci*",
          "service/*",
          "*-execution",
        ),
      },
    ]);
  });
  describe("of users of any name", () => {
    testRows(
      "iam-power-is-guarded",
      rows.map((one) => ({ ...one, stack: bastionStack })),
    );
  });
});
