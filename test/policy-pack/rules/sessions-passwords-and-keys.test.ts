import { unknownText } from "../pack";
import { group, iam, native, nativeRole, role, user } from "./resources";
import { bastionStack, testRows, unknown, type Row } from "./rows";

const rule = "sessions-passwords-and-keys";

const good = {
  minimumPasswordLength: 14,
  passwordReusePrevention: 24,
  allowUsersToChangePassword: true,
};
const passwords = (inputs: object) =>
  iam("AccountPasswordPolicy", "passwords", { ...good, ...inputs });

const sessionRows: readonly Row[] = [
  {
    title: "caps an administrator's session at an hour",
    resources: [role("OpsSudo", { maxSessionDuration: 3601 })],
    finds: [["OpsSudo", "maxSessionDuration is 3601", "3600 at most"]],
  },
  {
    title: "caps aws-native's sessions, and those that YAML has as text",
    resources: [
      nativeRole("OpsSudo", { maxSessionDuration: 7200 }),
      { ...role("OpsSudo", { maxSessionDuration: "7200" }), name: "yaml" },
    ],
    finds: [
      ["OpsSudo", "maxSessionDuration is 7200"],
      ["yaml", "maxSessionDuration is 7200"],
    ],
  },
  {
    title: "goes by the role's name in AWS, not in the program",
    resources: [
      role("OpsSudo", { name: "Support", maxSessionDuration: 7200 }),
      role("support", { name: "OpsSudo", maxSessionDuration: 7200 }),
    ],
    finds: [["support", "maxSessionDuration"]],
  },
  {
    title: "has nothing against what AWS does where the field is left out",
    resources: [
      role("OpsSudo"),
      role("Support", { maxSessionDuration: 43_200 }),
    ],
  },
  {
    title: "caps other roles where the config does",
    organisation: { session: 7200 },
    resources: [role("Support", { maxSessionDuration: 14_400 })],
    finds: [["Support", "14400 seconds", "7200 at most"]],
  },
  {
    title: "leaves to the update what is not known yet",
    resources: [
      role("seconds", { maxSessionDuration: unknownText }),
      role("name", { name: unknownText }),
    ],
    finds: [
      ["seconds", unknown, ".maxSessionDuration"],
      ["name", unknown, ".name"],
    ],
  },
  ...["root", "Admin", "ADMINISTRATOR", "sudo"].map((name): Row => ({
    title: `finds a role, a user and a group that are called ${name}`,
    resources: [
      role("role", { name }),
      iam("User", "user", { name }),
      native("Group", "group", { groupName: name }),
    ],
    finds: [
      ["role", "name is", name, "the role"],
      ["user", "name is", name],
      ["group", "groupName is", name],
    ],
  })),
  {
    title: "lets names be that only begin so",
    resources: [role("AdminTools"), user("rooter"), group("sudoku")],
  },
];

const credentialRows: readonly Row[] = [
  {
    title: "finds a first password and a secret key that nothing encrypts",
    resources: [
      iam("UserLoginProfile", "password", { user: "ada" }),
      iam("AccessKey", "key", { user: "ada", pgpKey: "" }),
    ],
    finds: [
      ["password", "pgpKey is missing", "first password"],
      ["key", "pgpKey is missing", "secret key"],
    ],
  },
  {
    title: "takes them with a PGP key",
    resources: [
      iam("UserLoginProfile", "password", { pgpKey: "keybase:ada" }),
      iam("AccessKey", "key", { pgpKey: "mQINBF" }),
    ],
  },
  {
    title: "finds a password of aws-native, which can't be encrypted",
    resources: [
      native("User", "ada", { loginProfile: { password: "geheim" } }),
      native("User", "grace", { userName: "grace" }),
    ],
    finds: [["ada", "loginProfile"]],
  },
  {
    title: "leaves a key to the update that is not known yet",
    resources: [iam("AccessKey", "key", { pgpKey: unknownText })],
    finds: [["key", unknown, ".pgpKey"]],
  },
];

const passwordRows: readonly Row[] = [
  { title: "takes a strong policy", resources: [passwords({})] },
  {
    title: "takes numbers and truths that YAML has as text",
    resources: [
      passwords({
        minimumPasswordLength: "16",
        allowUsersToChangePassword: "true",
      }),
    ],
  },
  ...(
    [
      ["minimumPasswordLength", 13, "14 or more"],
      ["minimumPasswordLength", "8", "14 or more"],
      ["minimumPasswordLength", undefined, "14 or more"],
      ["passwordReusePrevention", 5, "24 or more"],
      ["passwordReusePrevention", undefined, "24 or more"],
      ["allowUsersToChangePassword", false, "expected true"],
      ["hardExpiry", true, "expected false"],
    ] as const
  ).map(([field, value, expected]): Row => ({
    title: `finds ${field} that is ${String(value)}`,
    resources: [passwords({ [field]: value })],
    finds: [["passwords", field, expected]],
  })),
  {
    title: "goes by the limits of the config",
    organisation: { passwordLength: 20, rememberedPasswords: 3 },
    resources: [passwords({ passwordReusePrevention: 3 })],
    finds: [["passwords", "minimumPasswordLength is 14", "20 or more"]],
  },
  {
    title: "leaves to the update what is not known yet",
    resources: [passwords({ minimumPasswordLength: unknownText })],
    finds: [["passwords", unknown, ".minimumPasswordLength"]],
  },
  {
    title: "finds a bastion without any password policy, at the stack",
    stack: bastionStack,
    resources: [user("ada")],
    finds: [["", "no password policy", "AccountPasswordPolicy"]],
  },
  {
    title: "is content with a bastion that has one",
    stack: bastionStack,
    resources: [user("ada"), passwords({})],
  },
];

describe(rule, () => {
  describe("of sessions and names", () => {
    testRows(rule, sessionRows);
  });
  describe("of credentials", () => {
    testRows(rule, credentialRows);
  });
  describe("of passwords", () => {
    testRows(rule, passwordRows);
  });
});
