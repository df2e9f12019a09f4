import { unknownText } from "../pack";
import { dev, prod } from "./documents";
import { guards } from "./mfa-group";
import { group, iam, member, native, user } from "./resources";
import { bastionStack, testRows, type Row } from "./rows";

const rule = "users-are-in-the-mfa-group";
const stack = bastionStack;

const rows: readonly Row[] = [
  {
    title: "finds a user outside of the MFA group",
    stack,
    resources: [user("ada"), ...guards, group("team"), member("ada", "team")],
    finds: [{ resource: "ada", kind: "wrong" }],
  },
  {
    title: "leaves a user of any other stack to people-only-in-the-bastion",
    resources: [user("ada"), group("team"), member("ada", "team")],
  },
  {
    title: "finds whom a list of the MFA group's members takes out",
    stack,
    resources: [
      ...["ada", "grace"].flatMap((name) => [
        user(name),
        member(name, "bastion-users"),
      ]),
      ...guards,
      iam("GroupMembership", "m", { group: "bastion-users", users: ["ada"] }),
    ],
    finds: [{ resource: "grace", kind: "wrong" }],
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
      { resource: "", kind: "unknown", field: "groups.0" },
      { resource: "grace", kind: "wrong" },
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
    finds: [{ resource: "", kind: "unknown", field: "groups.1" }],
  },
  {
    title: "tells users of the same name in two accounts apart",
    stack,
    resources: [
      { ...user("ada"), provider: dev },
      { ...iam("User", "other", { name: "ada" }), provider: prod },
      { ...member("ada", "bastion-users"), provider: prod },
    ],
    finds: [{ resource: "ada", kind: "wrong" }],
  },
];

describe(rule, () => {
  testRows(rule, rows);
});
