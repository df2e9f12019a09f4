import { bastion } from "./documents";
import { noMfaKeys } from "./found";
import { closesServices, guard } from "./mfa-group";
import { group, iam } from "./resources";
import { bastionStack, testRows, type Row } from "./rows";

const rule = "mfa-group-closes-everything";
const stack = bastionStack;
const withAccessKey = { caller: "user", keys: noMfaKeys } as const;

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
      guard(
        closesServices({ Bool: { "aws:MultiFactorAuthPresent": "false" } }),
      ),
    ],
    finds: [
      { resource: "bastion-users", kind: "wrong", witness: withAccessKey },
    ],
  },
  {
    title: "finds an MFA group that closes some services alone",
    stack,
    resources: [
      group("bastion-users"),
      guard({
        Effect: "Deny",
        Action: "s3:*",
        Resource: "*",
        Condition: {
          BoolIfExists: { "aws:MultiFactorAuthPresent": "false" },
        },
      }),
    ],
    finds: [
      { resource: "bastion-users", kind: "wrong", witness: withAccessKey },
    ],
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
