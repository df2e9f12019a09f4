import { unknownText } from "../pack";
import { iam, native } from "./resources";
import { testRows, type Row } from "./rows";

const rule = "no-secrets-in-the-state";

const rows: readonly Row[] = [
  {
    title: "finds a first password and a secret key that nothing encrypts",
    resources: [
      iam("UserLoginProfile", "password", { user: "ada" }),
      iam("AccessKey", "key", { user: "ada", pgpKey: "" }),
    ],
    finds: [
      { resource: "password", field: "pgpKey" },
      { resource: "key", field: "pgpKey" },
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
    finds: [{ resource: "ada", field: "loginProfile" }],
  },
  {
    title: "leaves a key to the update that is not known yet",
    resources: [iam("AccessKey", "key", { pgpKey: unknownText })],
    finds: [{ resource: "key", kind: "unknown", field: "pgpKey" }],
  },
];

describe(rule, () => {
  testRows(rule, rows);
});
