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
    passwordResetRequired: { computed: true, replaces: true },
    passwordLength: {
      default: usualLength,
      replaces: true,
      problem: between(5, 128),
    },
  },
  outputs: ["password", "encryptedPassword", "keyFingerprint"],
  secrets: ["password"],
  fromId: (user) => ({ user }),

  create: async ({ iam }, inputs) => {
    const UserName = text(inputs, "user");
    const password = newPassword(
      optionalNumber(inputs, "passwordLength") ?? usualLength,
    );
    const key = await encryptionFor(inputs);
    const encryptedPassword = await key?.encrypt(password);
    await iam.createLoginProfile({
      UserName,
      Password: password,
      PasswordResetRequired: flag(inputs, "passwordResetRequired"),
    });
    return {
      id: UserName,
      outputs: key
        ? { encryptedPassword, keyFingerprint: key.keyFingerprint }
        : { password },
    };
  },

  read: async ({ iam }, id) => {
    const { LoginProfile: live } = await iam.getLoginProfile({ UserName: id });
    return live && { passwordResetRequired: live.PasswordResetRequired };
  },

  remove: ({ iam }, id) => iam.deleteLoginProfile({ UserName: id }),
};
