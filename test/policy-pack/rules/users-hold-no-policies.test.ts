import { unknownText } from "../pack";
import { document, json, readsBuckets } from "./documents";
import { guards, withAda } from "./mfa-group";
import { iam, native, resource, role } from "./resources";
import { bastionStack, testRows, type Row } from "./rows";

const rule = "users-hold-no-policies";
const stack = bastionStack;

const readOnly = "arn:aws:iam::aws:policy/ReadOnlyAccess";
const onUser: readonly (readonly [string, Row["resources"][number], string])[] =
  [
    [
      "an inline policy",
      iam("UserPolicy", "p", { user: "ada", policy: json(readsBuckets) }),
      "policy",
    ],
    [
      "an attachment",
      iam("UserPolicyAttachment", "p", { user: "ada", policyArn: readOnly }),
      "policyArn",
    ],
    [
      "an attachment of many kinds",
      iam("PolicyAttachment", "p", {
        users: ["ada"],
        roles: ["r"],
        policyArn: readOnly,
      }),
      "policyArn",
    ],
    [
      "an exclusive list of attachments",
      iam("UserPolicyAttachmentsExclusive", "p", {
        userName: "ada",
        policyArns: [readOnly],
      }),
      "policyArns",
    ],
    [
      "an exclusive list of inline policies",
      iam("UserPoliciesExclusive", "p", {
        userName: "ada",
        policyNames: ["reads"],
      }),
      "policyNames",
    ],
    [
      "aws-native's inline policy",
      native("UserPolicy", "p", {
        userName: "ada",
        policyDocument: document(readsBuckets),
      }),
      "policyDocument",
    ],
    [
      "aws-native's managed policy that lists its users",
      native("ManagedPolicy", "p", {
        users: ["ada"],
        policyDocument: document(readsBuckets),
      }),
      "policyDocument",
    ],
  ];

const rows: readonly Row[] = [
  {
    title: "is content with a user who holds nothing",
    stack,
    resources: withAda(),
  },
  ...onUser.map(([what, one, field]): Row => ({
    title: `finds ${what} on a user`,
    stack,
    resources: withAda(one),
    finds: [{ resource: "p", kind: "wrong", field, says: ["user ada"] }],
  })),
  {
    title: "finds what a native user holds itself",
    stack,
    resources: [
      ...guards,
      native("User", "ada", {
        userName: "ada",
        groups: ["bastion-users"],
        policies: [{ policyName: "p", policyDocument: document(readsBuckets) }],
        managedPolicyArns: [readOnly],
      }),
    ],
    finds: [
      { resource: "ada", field: "policies[0].policyDocument" },
      { resource: "ada", field: "managedPolicyArns" },
    ],
  },
  {
    title: "finds a policy on a user of another stack",
    resources: [
      iam("UserPolicy", "p", { user: "ada", policy: json(readsBuckets) }),
    ],
    finds: [{ resource: "p", field: "policy", says: ["user ada"] }],
  },
  {
    title: "says nothing of a user outside the bastion, who is to go anyhow",
    resources: [
      iam("User", "ada", { name: "ada" }),
      iam("UserPolicy", "p", { user: "ada", policy: json(readsBuckets) }),
    ],
  },
  {
    title: "finds the user behind a name that is not known yet",
    stack,
    resources: withAda({
      ...iam("UserPolicy", "p", {
        user: unknownText,
        policy: json(readsBuckets),
      }),
      from: { user: ["ada"] },
    }),
    finds: [{ resource: "p", says: ["user ada"] }],
  },
  {
    title: "lets empty exclusive lists be, which take policies away",
    stack,
    resources: withAda(
      iam("UserPolicyAttachmentsExclusive", "p", {
        userName: "ada",
        policyArns: [],
      }),
      iam("UserPoliciesExclusive", "q", { userName: "ada", policyNames: [] }),
    ),
  },
  {
    title: "has nothing against policies of roles",
    resources: [
      role("Support", { managedPolicyArns: [readOnly] }),
      iam("RolePolicy", "p", { role: "Support", policy: json(readsBuckets) }),
      resource("aws:s3/bucket:Bucket", "notes"),
    ],
  },
];

describe(rule, () => {
  testRows(rule, rows);
});
