import { unknownText } from "../pack";
import { iam, user } from "./resources";
import { bastionStack, testRows, type Row } from "./rows";

const rule = "passwords-are-strong";

const good = {
  minimumPasswordLength: 14,
  passwordReusePrevention: 24,
  allowUsersToChangePassword: true,
};
const passwords = (inputs: object) =>
  iam("AccountPasswordPolicy", "passwords", { ...good, ...inputs });

const rows: readonly Row[] = [
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
    finds: [{ resource: "passwords", field, says: [expected] }],
  })),
  {
    title: "goes by the limits of the config",
    organisation: { passwordLength: 20, rememberedPasswords: 3 },
    resources: [passwords({ passwordReusePrevention: 3 })],
    finds: [
      {
        resource: "passwords",
        field: "minimumPasswordLength",
        says: ["20 or more"],
      },
    ],
  },
  {
    title: "leaves to the update what is not known yet",
    resources: [passwords({ minimumPasswordLength: unknownText })],
    finds: [
      {
        resource: "passwords",
        kind: "unknown",
        field: "minimumPasswordLength",
      },
    ],
  },
  {
    title: "finds a bastion without any password policy, at the stack",
    stack: bastionStack,
    resources: [user("ada")],
    finds: [{ resource: "", kind: "wrong", says: ["AccountPasswordPolicy"] }],
  },
  {
    title: "is content with a bastion that has one",
    stack: bastionStack,
    resources: [user("ada"), passwords({})],
  },
];

describe(rule, () => {
  testRows(rule, rows);
});
