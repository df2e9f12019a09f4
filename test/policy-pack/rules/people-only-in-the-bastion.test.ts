import { unknownText } from "../pack";
import { bastion, foreign } from "./documents";
import { iam, native, resource, role } from "./resources";
import { bastionStack, testRows, type Row } from "./rows";

const rule = "people-only-in-the-bastion";

const people: readonly (readonly [string, ReturnType<typeof iam>])[] = [
  ["an IAM user", iam("User", "ada", { name: "ada" })],
  ["password", iam("UserLoginProfile", "ada", { user: "ada" })],
  ["access key", iam("AccessKey", "ada", { user: "ada" })],
  ["MFA device", iam("VirtualMfaDevice", "ada")],
  ["SSH key", iam("SshKey", "ada", { username: "ada" })],
  ["credential", iam("ServiceSpecificCredential", "ada", { userName: "ada" })],
  ["signing certificate", iam("SigningCertificate", "ada")],
  ["an IAM user", native("User", "ada", { userName: "ada" })],
  ["MFA device", native("VirtualMfaDevice", "ada")],
  ...(
    [
      ["user", "aws:identitystore/user:User"],
      ["group", "aws:identitystore/group:Group"],
      ["group", "aws-native:identitystore:Group"],
      ["membership", "aws:identitystore/groupMembership:GroupMembership"],
      ["membership", "aws-native:identitystore:GroupMembership"],
      ["assignment", "aws:ssoadmin/accountAssignment:AccountAssignment"],
      ["assignment", "aws-native:sso:Assignment"],
    ] as const
  ).map(([what, type]) => [what, resource(type, "ada")] as const),
];

/** Of users and groups that another stack makes. */
const ofOthers = [
  iam("UserGroupMembership", "m", { user: "ada", groups: ["operators"] }),
  iam("GroupMembership", "m", { group: "operators", users: ["ada"] }),
  iam("GroupMembership", "m", { group: "bastion-users", users: [] }),
  native("UserToGroupAddition", "m", {
    groupName: "operators",
    users: ["ada"],
  }),
];

const membershipRows: readonly Row[] = [
  ...ofOthers.flatMap((membership): Row[] => [
    {
      title: `finds the bastion's memberships in a workload stack, by ${membership.type}`,
      resources: [membership],
      finds: [{ resource: "m", kind: "wrong" }],
    },
    {
      title: `has nothing against them in a bastion stack, by ${membership.type}`,
      stack: bastionStack,
      resources: [membership],
    },
  ]),
  {
    title: "says nothing more of a user that the stack itself makes",
    resources: [
      iam("User", "ada", { name: "ada" }),
      iam("UserGroupMembership", "m", { user: "ada", groups: ["operators"] }),
    ],
    finds: [{ resource: "ada" }],
  },
  {
    title: "waits for the name of a user that is not known yet",
    resources: [
      iam("UserGroupMembership", "m", { user: unknownText, groups: ["a"] }),
    ],
    finds: [{ resource: "", kind: "unknown", field: "user" }],
  },
];

const rows: readonly Row[] = [
  ...people.flatMap(([what, person]): Row[] => [
    {
      title: `finds ${person.type} in a workload stack`,
      resources: [person],
      finds: [{ resource: "ada", kind: "wrong", says: [what] }],
    },
    {
      title: `has nothing against ${person.type} in the bastion`,
      stack: bastionStack,
      resources: [{ ...person, provider: bastion }],
    },
    {
      title: `finds ${person.type} of a bastion's stack in another account`,
      stack: bastionStack,
      resources: [{ ...person, provider: foreign }],
      finds: [
        {
          resource: "ada",
          kind: "wrong",
          says: [what, foreign, `a provider of account ${bastion}`],
        },
      ],
    },
  ]),
  {
    title: "goes by project and stack, and not by the stack's name alone",
    stack: "shop/bastion",
    resources: [iam("User", "ada")],
    finds: [{ resource: "ada", says: ["shop/bastion"] }],
  },
  {
    title: "takes the bastion stacks that the config names",
    stack: "shop/people",
    organisation: { bastionStacks: ["shop/people"] },
    resources: [iam("User", "ada", {}, { provider: bastion })],
  },
  {
    title: "has nothing against a bastion whose account does not show",
    stack: bastionStack,
    resources: [iam("User", "ada", {}, { provider: {} })],
  },
  {
    title: "lets roles, databases and other users of the word be",
    resources: [
      role("Support"),
      resource("aws:rds/instance:Instance", "orders"),
      resource("aws:transfer/user:User", "partner"),
      { ...resource("shop:index:User", "ada"), isComponent: true },
    ],
  },
];

describe(rule, () => {
  testRows(rule, rows);
  describe("of who is in which group", () => {
    testRows(rule, membershipRows);
  });
});
