import { bastion } from "./documents";
import { withAda } from "./mfa-group";
import { group, iam, native } from "./resources";
import { bastionStack, testRows, type Row } from "./rows";

const rule = "groups-hold-only-own-policies";
const stack = bastionStack;

const readOnly = "arn:aws:iam::aws:policy/ReadOnlyAccess";
const rows: readonly Row[] = [
  {
    title: "finds AWS's own policy on a group",
    stack,
    resources: withAda(
      group("team"),
      iam("GroupPolicyAttachment", "p", { group: "team", policyArn: readOnly }),
    ),
    finds: [{ resource: "p", field: "policyArn" }],
  },
  {
    title: "finds AWS's own policy on a native group",
    stack,
    resources: [
      native("Group", "team", {
        groupName: "team",
        managedPolicyArns: [readOnly],
      }),
    ],
    finds: [{ resource: "team", field: "managedPolicyArns" }],
  },
  {
    title: "finds a policy of another stack on a group",
    stack,
    resources: [
      group("bastion-users"),
      iam("GroupPolicyAttachment", "p", {
        group: "bastion-users",
        policyArn: `arn:aws:iam::${bastion}:policy/guard`,
      }),
    ],
    finds: [{ resource: "p", kind: "wrong", field: "policyArn" }],
  },
];

describe(rule, () => {
  testRows(rule, rows);
});
