import { allow, bastion, dev, json, mfa } from "./documents";
import { iam } from "./resources";
import { bastionStack, testRows, type Row } from "./rows";

const rule = "group-policies-only-in-the-bastion";
const takesRoles = allow("sts:AssumeRole", "*", { Condition: mfa });

const policyOf = (account: string) => `arn:aws:iam::${account}:policy/guard`;
const nobody = { name: "b", users: [], groups: [], roles: [] };
const lists = [
  iam("GroupPoliciesExclusive", "list", {
    groupName: "bastion-users",
    policyNames: [],
  }),
  iam("GroupPolicyAttachmentsExclusive", "list", {
    groupName: "bastion-users",
    policyArns: [],
  }),
  iam("PolicyAttachment", "list", { ...nobody, policyArn: policyOf(bastion) }),
];

const rows: readonly Row[] = [
  {
    title: "finds what any other stack gives to groups",
    resources: [
      iam("GroupPolicy", "p", { group: "team", policy: json(takesRoles) }),
    ],
    finds: [{ resource: "p", kind: "wrong", field: "policy" }],
  },
  ...lists.map((list): Row => ({
    title: `finds what ${list.type} takes from groups`,
    resources: [list],
    finds: [{ resource: "list", kind: "wrong" }],
  })),
  ...lists.map((list): Row => ({
    title: `lets the bastion take them, by ${list.type}`,
    stack: bastionStack,
    resources: [list],
  })),
  {
    title: "says once what gives, and takes away all others",
    resources: [
      iam("GroupPolicyAttachmentsExclusive", "list", {
        groupName: "bastion-users",
        policyArns: ["arn:aws:iam::aws:policy/ReadOnlyAccess"],
      }),
    ],
    finds: [{ resource: "list", field: "policyArns" }],
  },
  {
    title: "lets lists of roles, and a policy of its own account, be",
    resources: [
      iam("RolePoliciesExclusive", "a", { roleName: "R", policyNames: [] }),
      iam("PolicyAttachment", "b", { ...nobody, policyArn: policyOf(dev) }),
      iam("Policy", "c", { policy: json(takesRoles) }),
    ],
  },
];

describe(rule, () => {
  testRows(rule, rows);
});
