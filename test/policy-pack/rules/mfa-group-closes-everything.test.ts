import { bastion, deny } from "./documents";
import { noMfaKeys, type FoundWitness } from "./found";
import { closing, guard, missingOrFalse } from "./mfa-group";
import { group, iam } from "./resources";
import { bastionStack, testRows, type Row } from "./rows";

const rule = "mfa-group-closes-everything";
const stack = bastionStack;
const withAccessKey = { caller: "user", keys: noMfaKeys } as const;

const needed = ["iam:EnableMFADevice", "sts:GetSessionToken"];

const leaks: readonly (readonly [string, object, FoundWitness])[] = [
  [
    "a service that it names",
    { NotAction: [...needed, "s3:*", "ec2:*"] },
    {
      action: "s3:AnyAction",
      on: "arn:aws:s3:us-east-1:999999999999:thing/any-name",
    },
  ],
  [
    "all services but one",
    { Action: "s3:*" },
    {
      action: "any-service:AnyAction",
      on: "arn:aws:any-service:us-east-1:999999999999:thing/any-name",
    },
  ],
  [
    "what reads",
    { NotAction: ["*:Get*", "*:List*"] },
    {
      action: "any-service:Get",
      on: "arn:aws:any-service:us-east-1:999999999999:thing/any-name",
    },
  ],
  [
    "resources of a service",
    { Action: "*", Resource: undefined, NotResource: "arn:aws:s3:::*" },
    { action: "s3:AnyAction", on: "arn:aws:s3:::any-name" },
  ],
  [
    "what is asked of no resource",
    { Action: "*", Resource: "arn:*" },
    { action: "any-service:AnyAction", on: "*" },
  ],
  [
    "the end of a device",
    { NotAction: [...needed, "iam:DeactivateMFADevice"] },
    {
      action: "iam:DeactivateMFADevice",
      on: "arn:aws:iam:us-east-1:999999999999:thing/any-name",
    },
  ],
  [
    "a new access key",
    { NotAction: [...needed, "iam:CreateAccessKey"] },
    {
      action: "iam:CreateAccessKey",
      on: "arn:aws:iam:us-east-1:999999999999:thing/any-name",
    },
  ],
];

const rows: readonly Row[] = [
  {
    title: "finds an MFA group that denies nothing",
    stack,
    resources: [group("bastion-users")],
    finds: [
      { resource: "bastion-users", kind: "wrong", witness: withAccessKey },
    ],
  },
  {
    title: "finds an MFA group that lets access keys pass",
    stack,
    resources: [
      group("bastion-users"),
      guard(closing({ Bool: { "aws:MultiFactorAuthPresent": "false" } })),
    ],
    finds: [
      { resource: "bastion-users", kind: "wrong", witness: withAccessKey },
    ],
  },
  ...leaks.map(([title, deny, witness]): Row => ({
    title: `finds an MFA group that leaves open ${title}`,
    stack,
    resources: [
      group("bastion-users"),
      guard({ ...closing(missingOrFalse), NotAction: undefined, ...deny }),
    ],
    finds: [
      {
        resource: "bastion-users",
        kind: "wrong",
        witness: { ...withAccessKey, ...witness },
      },
    ],
  })),
  {
    title: "takes what AWS's example leaves open, in any case of letters",
    stack,
    resources: [
      group("bastion-users"),
      guard({
        ...closing(missingOrFalse),
        NotAction: [
          "iam:createvirtualMFADevice",
          "iam:EnableMFADevice",
          "iam:ListMFADevices",
          "iam:ListUsers",
          "iam:ListVirtualMFADevices",
          "iam:ResyncMFADevice",
        ],
      }),
    ],
    finds: [],
  },
  {
    title: "takes a guard among many other Denies",
    stack,
    resources: [
      group("bastion-users"),
      guard(
        ...Array.from({ length: 30 }, (_, index) =>
          deny([`s${index}:*`, "ec2:Run*"], `arn:aws:s${index}:::x*`),
        ),
        closing(missingOrFalse),
      ),
    ],
    finds: [],
  },
  {
    title: "takes a group that closes what another statement leaves open",
    stack,
    resources: [
      group("bastion-users"),
      guard(
        { ...closing(missingOrFalse), NotAction: ["iam:*", "sts:*"] },
        {
          ...closing(missingOrFalse),
          NotAction: ["s3:*", "iam:ListUsers"],
        },
      ),
    ],
    finds: [],
  },
  {
    title: "says that it can't tell what a policy of another stack closes",
    stack,
    resources: [
      group("bastion-users"),
      iam("GroupPolicyAttachment", "p", {
        group: "bastion-users",
        policyArn: `arn:aws:iam::${bastion}:policy/guard`,
      }),
    ],
    finds: [
      {
        resource: "bastion-users",
        kind: "undecided",
        unread: [`arn:aws:iam::${bastion}:policy/guard`],
        witness: withAccessKey,
      },
    ],
  },
];

describe(rule, () => {
  testRows(rule, rows);
});
