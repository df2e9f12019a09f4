import { allow, json, mfa } from "./documents";
import { iam } from "./resources";
import { testRows, type Row } from "./rows";

const rule = "group-policies-only-in-the-bastion";
const takesRoles = allow("sts:AssumeRole", "*", { Condition: mfa });
const rows: readonly Row[] = [
  {
    title: "finds what any other stack gives to groups",
    resources: [
      iam("GroupPolicy", "p", { group: "team", policy: json(takesRoles) }),
    ],
    finds: [{ resource: "p", kind: "wrong", field: "policy" }],
  },
];

describe(rule, () => {
  testRows(rule, rows);
});
