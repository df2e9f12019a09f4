import { newPassword } from "../password";
import { encryptionFor, pgpKeyProblem } from "../pgp";
import { between } from "../problems";
import { flag, optionalNumber, text } from "../properties";
import type { ResourceType } from "../resource";

const usualLength = 20;

/**
 * `aws:iam/userLoginProfile:UserLoginProfile`: a first password.
 *
 * As with the real provider a refresh sees that a user has set a password of their own
 * (`passwordResetRequired` is then false), and a program that does not ignore that change asks for
 * a new profile, which IAM refuses while there is one.
 */
export const userLoginProfile: ResourceType = {
  inputs: {
    user: { required: true, replaces: true },
    pgpKey: { replaces: true, problem: pgpKeyProblem },
    passwordResetRequired: {
      aws: "PasswordResetRequired",
      computed: true,
      replaces: true,
    },
    passwordLength: {
      default: usualLength,
      replaces: true,
      problem: between(5, 128),
    },
  },
  outputs: { password: null, encryptedPassword: null, keyFingerprint: null },
  secrets: ["password"],
  id: "user",

  create: async ({ iam, properties }) => {
    const length = optionalNumber(properties, "passwordLength") ?? usualLength;
    const password = newPassword(length);
    const key = await encryptionFor(properties);
    const encryptedPassword = await key?.encrypt(password);
    await iam.createLoginProfile({
      UserName: text(properties, "user"),
      Password: password,
      PasswordResetRequired: flag(properties, "passwordResetRequired"),
    });
    return key
      ? { encryptedPassword, keyFingerprint: key.keyFingerprint }
      : { password };
  },

  find: async ({ iam, id }) =>
    (await iam.getLoginProfile({ UserName: id })).LoginProfile,

  remove: ({ iam, id }) => iam.deleteLoginProfile({ UserName: id }),
};
