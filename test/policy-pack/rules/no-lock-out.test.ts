import { unknownText } from "../pack";
import {
  allow,
  deny,
  dev,
  document,
  freshMfa,
  json,
  prod,
  type Statement,
} from "./documents";
import type { Found } from "./found";
import { group, iam, member, native, user } from "./resources";
import { bastionStack, testRows, type Row } from "./rows";

const rule = "no-lock-out";
const stack = bastionStack;

const opsSudo = (account: string) => `arn:aws:iam::${account}:role/OpsSudo`;
const toAll = allow("sts:AssumeRole", [opsSudo(dev), opsSudo(prod)], {
  Condition: freshMfa,
});
const toTagged = allow("sts:AssumeRole", [opsSudo(dev), opsSudo(prod)], {
  Condition: { StringEquals: { "aws:PrincipalTag/ops": "yes" } },
});
const gives = (statement: Statement) =>
  iam("GroupPolicy", "p", { group: "operations", policy: json(statement) });
const ada = [
  user("ada"),
  group("operations"),
  member("ada", "operations"),
] as const;

const bothClosed: readonly Found[] = [dev, prod].map((account) => ({
  resource: "",
  kind: "wrong",
  says: [
    `OpsSudo in account ${account}`,
    "when the account is not to be reached any more, take it out of accounts in the pack's config",
  ],
}));

const rows: readonly Row[] = [
  {
    title: "is content when somebody reaches OpsSudo in each account",
    stack,
    resources: [...ada, gives(toAll)],
  },
  {
    title: "is content when two users do so together",
    stack,
    resources: [
      ...ada,
      gives(allow("sts:AssumeRole", opsSudo(dev))),
      user("grace"),
      group("prod"),
      member("grace", "prod"),
      iam("GroupPolicy", "q", {
        group: "prod",
        policy: json(allow("sts:*", `arn:aws:iam::${prod}:role/*`)),
      }),
    ],
  },
  {
    title: "is content with aws-native's users and groups",
    stack,
    resources: [
      native("User", "ada", { userName: "ada", groups: ["operations"] }),
      native("Group", "operations", {
        groupName: "operations",
        policies: [{ policyName: "p", policyDocument: document(toAll) }],
      }),
    ],
  },
  {
    title: "is content where a user has the tag that is asked for",
    stack,
    resources: [
      iam("User", "ada", { name: "ada", tags: { Ops: "yes" } }),
      ...ada.slice(1),
      gives(toTagged),
    ],
  },
  {
    title: "is content with aws-native's tags",
    stack,
    resources: [
      native("User", "ada", {
        userName: "ada",
        groups: ["operations"],
        tags: [{ key: "ops", value: "yes" }],
      }),
      group("operations"),
      gives(toTagged),
    ],
  },
  {
    title: "finds nobody where nobody has the tag that is asked for",
    stack,
    resources: [...ada, gives(toTagged)],
    finds: bothClosed,
  },
  {
    title: "waits for tags that are not known yet",
    stack,
    resources: [
      iam("User", "ada", { name: "ada", tags: { ops: unknownText } }),
      ...ada.slice(1),
      gives(toTagged),
    ],
    finds: [{ resource: "", kind: "unknown", field: "tags.ops" }],
  },
  {
    title: "does not wait for tags that nothing hangs on",
    stack,
    resources: [
      iam("User", "ada", { name: "ada", tags: { ops: unknownText } }),
      ...ada.slice(1),
      gives(toAll),
    ],
  },
  {
    title: "names the account that nobody reaches",
    stack,
    resources: [...ada, gives(allow("sts:AssumeRole", opsSudo(dev)))],
    finds: [{ resource: "", says: [`OpsSudo in account ${prod}`, "1 users"] }],
  },
  {
    title: "finds a group that has the right, and nobody in it",
    stack,
    resources: [user("ada"), group("operations"), gives(toAll)],
    finds: bothClosed,
  },
  {
    title: "finds a Deny of another group that shuts everybody out",
    stack,
    resources: [
      ...ada,
      gives(toAll),
      group("bastion-users"),
      iam("UserGroupMembership", "m", {
        user: "ada",
        groups: ["bastion-users"],
      }),
      iam("GroupPolicy", "guard", {
        group: "bastion-users",
        policy: json(deny("sts:AssumeRole")),
      }),
    ],
    finds: bothClosed,
  },
  {
    title: "lets a guard be that only shuts out who has no MFA",
    stack,
    resources: [
      ...ada,
      gives(toAll),
      iam("GroupPolicy", "guard", {
        group: "operations",
        policy: json({
          ...deny("*"),
          Condition: {
            BoolIfExists: { "aws:MultiFactorAuthPresent": "false" },
          },
        }),
      }),
    ],
  },
  {
    title: "finds a boundary of the user that closes the way",
    stack,
    resources: [
      ...ada.slice(1),
      gives(toAll),
      iam("Policy", "edge", { name: "edge", policy: json(allow("iam:*")) }),
      {
        ...iam("User", "ada", {
          name: "ada",
          permissionsBoundary: unknownText,
        }),
        from: { permissionsBoundary: ["edge"] },
      },
    ],
    finds: bothClosed,
  },
  {
    title: "can't decide behind a boundary of another stack",
    stack,
    organisation: { accounts: [dev] },
    resources: [
      ...ada.slice(1),
      gives(toAll),
      iam("User", "ada", {
        name: "ada",
        permissionsBoundary: "arn:aws:iam::111111111111:policy/edge",
      }),
    ],
    finds: [
      {
        resource: "",
        kind: "undecided",
        unread: ["arn:aws:iam::111111111111:policy/edge"],
      },
    ],
  },
  {
    title: "can't decide about a group of another stack",
    stack,
    organisation: { accounts: [dev] },
    resources: [user("ada"), member("ada", "operations")],
    finds: [
      { resource: "", kind: "undecided", unread: ["the group operations"] },
    ],
  },
  {
    title:
      "counts what this stack gives to a group of another, and its members",
    stack,
    resources: [member("ada", "operations"), gives(toAll)],
  },
  {
    title: "goes by the administrators of the config",
    stack,
    organisation: { administratorRoles: ["Root", "Break"], accounts: [dev] },
    resources: [...ada, gives(toAll)],
    finds: [{ resource: "", kind: "wrong", says: ["Root or Break"] }],
  },
  {
    title: "waits for what is not known yet, before it cries",
    stack,
    resources: [
      ...ada,
      iam("GroupPolicy", "p", { group: "operations", policy: unknownText }),
    ],
    finds: [{ resource: "", kind: "unknown", field: "policy" }],
  },
  {
    title: "says nothing of stacks that build no bastion",
    resources: [user("ada")],
  },
];

describe(rule, () => {
  testRows(rule, rows);
});
