import { unknownText } from "../pack";
import {
  allow,
  bastion,
  dev,
  document,
  json,
  mfa,
  prod,
  readsBuckets,
  type Statement,
} from "./documents";
import { group, iam, member, native, resource, role, user } from "./resources";
import { bastionStack, testRows, unknown, type Row } from "./rows";

const rule = "users-hold-no-policies";
const stack = bastionStack;

const closesServices = (condition: object) => ({
  Effect: "Deny",
  NotAction: ["iam:*", "sts:*"],
  Resource: "*",
  Condition: condition,
});
const guard = (policy: Statement) =>
  iam("GroupPolicy", "guard", {
    group: "bastion-users",
    policy: json(policy),
  });
/** The MFA group, which leaves IAM and STS to other policies. */
const guards = [
  group("bastion-users"),
  guard(
    closesServices({
      BoolIfExists: { "aws:MultiFactorAuthPresent": "false" },
    }),
  ),
];
const readOnly = "arn:aws:iam::aws:policy/ReadOnlyAccess";
const takesRoles = allow("sts:AssumeRole", "*", { Condition: mfa });

/** A user in the MFA group, and what else there is. */
const withAda = (...more: Row["resources"]): Row["resources"] => [
  user("ada"),
  ...guards,
  member("ada", "bastion-users"),
  ...more,
];

const onUser: readonly (readonly [string, Row["resources"][number], string])[] =
  [
    [
      "an inline policy",
      iam("UserPolicy", "p", { user: "ada", policy: json(readsBuckets) }),
      "policy puts",
    ],
    [
      "an attachment",
      iam("UserPolicyAttachment", "p", { user: "ada", policyArn: readOnly }),
      "policyArn puts",
    ],
    [
      "an attachment of many kinds",
      iam("PolicyAttachment", "p", {
        users: ["ada"],
        roles: ["r"],
        policyArn: readOnly,
      }),
      "policyArn puts",
    ],
    [
      "an exclusive list of attachments",
      iam("UserPolicyAttachmentsExclusive", "p", {
        userName: "ada",
        policyArns: [readOnly],
      }),
      "policyArns puts",
    ],
    [
      "an exclusive list of inline policies",
      iam("UserPoliciesExclusive", "p", {
        userName: "ada",
        policyNames: ["reads"],
      }),
      "policyNames puts",
    ],
    [
      "aws-native's inline policy",
      native("UserPolicy", "p", {
        userName: "ada",
        policyDocument: document(readsBuckets),
      }),
      "policyDocument puts",
    ],
    [
      "aws-native's managed policy that lists its users",
      native("ManagedPolicy", "p", {
        users: ["ada"],
        policyDocument: document(readsBuckets),
      }),
      "policyDocument puts",
    ],
  ];

const userRows: readonly Row[] = [
  {
    title: "is content with a user who holds nothing",
    stack,
    resources: withAda(),
  },
  ...onUser.map(([what, one, says]): Row => ({
    title: `finds ${what} on a user`,
    stack,
    resources: withAda(one),
    finds: [["p", says, "user ada"]],
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
      ["ada", "policies[0].policyDocument puts"],
      ["ada", "managedPolicyArns puts"],
    ],
  },
  {
    title: "finds a policy on a user who stands elsewhere",
    resources: [
      iam("UserPolicy", "p", { user: "ada", policy: json(readsBuckets) }),
    ],
    finds: [["p", "policy puts", "user ada"]],
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
    finds: [["p", "user ada"]],
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
];

const memberRows: readonly Row[] = [
  {
    title: "finds a user outside of the MFA group",
    stack,
    resources: [user("ada"), ...guards, group("team"), member("ada", "team")],
    finds: [["ada", "not in the group bastion-users", "UserGroupMembership"]],
  },
  ...[
    iam("GroupMembership", "m", { group: "bastion-users", users: ["ada"] }),
    native("UserToGroupAddition", "m", {
      groupName: "bastion-users",
      users: ["ada"],
    }),
  ].map((membership): Row => ({
    title: `takes ${membership.type} for a membership`,
    stack,
    resources: [user("ada"), ...guards, membership],
  })),
  {
    title: "takes an MFA group that stands in another stack, by its name",
    stack,
    resources: [user("ada"), member("ada", "bastion-users")],
  },
  {
    title: "takes the MFA group that the config names",
    stack,
    organisation: { mfaGroup: "everybody" },
    resources: [user("ada"), member("ada", "everybody")],
  },
  {
    title: "finds user and group behind names that are not known yet",
    stack,
    resources: [
      user("ada"),
      ...guards,
      {
        ...iam("UserGroupMembership", "m", {
          user: unknownText,
          groups: [unknownText],
        }),
        from: { user: ["ada"], groups: ["bastion-users"] },
      },
    ],
  },
  {
    title: "does not cry before it is known which groups a user is in",
    stack,
    resources: [
      user("ada"),
      user("grace"),
      iam("UserGroupMembership", "m", { user: "ada", groups: [unknownText] }),
    ],
    finds: [
      ["", unknown, ".groups.0"],
      ["grace", "not in the group bastion-users"],
    ],
  },
  {
    title: "does not take one known group for the unknown one beside it",
    stack,
    resources: [
      user("ada"),
      group("team"),
      {
        ...iam("UserGroupMembership", "m", {
          user: "ada",
          groups: ["team", unknownText],
        }),
        from: { groups: ["team"] },
      },
    ],
    finds: [["", unknown, ".groups.1"]],
  },
];

const groupRows: readonly Row[] = [
  {
    title: "takes groups that give roles with MFA",
    stack,
    resources: withAda(
      iam("GroupPolicy", "p", { group: "team", policy: json(takesRoles) }),
      group("team"),
    ),
  },
  {
    title: "finds AWS's own policy on a group",
    stack,
    resources: withAda(
      group("team"),
      iam("GroupPolicyAttachment", "p", { group: "team", policyArn: readOnly }),
    ),
    finds: [["p", "policyArn gives the group team"]],
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
    finds: [["team", "managedPolicyArns gives the group team"]],
  },
  {
    title: "finds roles that a group gives without MFA, with the request",
    stack,
    resources: withAda(
      group("team"),
      iam("GroupPolicy", "p", {
        group: "team",
        policy: json(allow("sts:*", `arn:aws:iam::${dev}:role/ReadOnly`)),
      }),
    ),
    finds: [["p", "sts:AssumeRole", `${dev}:role/ReadOnly`, "statement 1"]],
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
      iam("GroupPolicy", "guard-of-roles", {
        group: "bastion-users",
        policy: json({
          Effect: "Deny",
          NotAction: "iam:*",
          Resource: "*",
          Condition: {
            BoolIfExists: { "aws:MultiFactorAuthPresent": "false" },
          },
        }),
      }),
    ),
  },
  {
    title: "finds an MFA group that denies nothing",
    stack,
    resources: [group("bastion-users")],
    finds: [["bastion-users", "does not close everything", "no MFA keys"]],
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
    finds: [["bastion-users", "does not close everything", "no MFA keys"]],
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
    finds: [["bastion-users", "does not close everything"]],
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
      ["bastion-users", "Undecided", "closes everything without MFA"],
      ["p", "none of the bastion's own documents"],
    ],
  },
  {
    title: "finds what any other stack gives to groups",
    resources: [
      iam("GroupPolicy", "p", { group: "team", policy: json(takesRoles) }),
    ],
    finds: [["p", "outside the bastion"]],
  },
  {
    title: "has nothing against policies of roles",
    resources: [
      role("Support", { managedPolicyArns: [readOnly] }),
      iam("RolePolicy", "p", { role: "Support", policy: json(readsBuckets) }),
      resource("aws:s3/bucket:Bucket", "notes"),
    ],
  },
  {
    title: "tells users of the same name in two accounts apart",
    stack,
    resources: [
      { ...user("ada"), provider: dev },
      { ...iam("User", "other", { name: "ada" }), provider: prod },
      { ...member("ada", "bastion-users"), provider: prod },
    ],
    finds: [["ada", "not in the group"]],
  },
];

describe(rule, () => {
  describe("of users", () => {
    testRows(rule, userRows);
  });
  describe("of memberships", () => {
    testRows(rule, memberRows);
  });
  describe("of groups", () => {
    testRows(rule, groupRows);
  });
});
