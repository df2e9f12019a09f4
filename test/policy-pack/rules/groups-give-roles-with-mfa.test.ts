import { allow, dev, json, mfa } from "./documents";
import { withAda } from "./mfa-group";
import { noMfaKeys } from "./found";
import { group, iam } from "./resources";
import { bastionStack, testRows, type Row } from "./rows";

const rule = "groups-give-roles-with-mfa";
const stack = bastionStack;

const takesRoles = allow("sts:AssumeRole", "*", { Condition: mfa });
const rows: readonly Row[] = [
  {
    title: "takes groups that give roles with MFA",
    stack,
    resources: withAda(
      iam("GroupPolicy", "p", { group: "team", policy: json(takesRoles) }),
      group("team"),
    ),
  },
  {
    title: "finds roles that a group gives without MFA, with the request",
    stack,
    resources: [
      group("bastion-users"),
      group("team"),
      iam("GroupPolicy", "p", {
        group: "team",
        policy: json(allow("sts:*", `arn:aws:iam::${dev}:role/ReadOnly`)),
      }),
    ],
    finds: [
      {
        resource: "p",
        field: "policy",
        statements: [1],
        witness: {
          caller: "user",
          action: "sts:AssumeRole",
          on: `arn:aws:iam::${dev}:role/ReadOnly`,
          keys: noMfaKeys,
        },
      },
    ],
  },
  {
    title: "takes what the MFA group denies without MFA for all groups",
    stack,
    resources: withAda(
      group("team"),
      iam("GroupPolicy", "p", {
        group: "team",
        policy: json(allow("sts:AssumeRole")),
      }),
    ),
  },
];

describe(rule, () => {
  testRows(rule, rows);
});
