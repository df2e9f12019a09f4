import { encryptionFor, pgpKeyProblem } from "../pgp";
import { oneOf } from "../problems";
import { optionalText, text, timestamp } from "../properties";
import type { ResourceType } from "../resource";
import { sesSmtpPassword } from "../ses-smtp-password";

/** `aws:iam/accessKey:AccessKey` */
export const accessKey: ResourceType = {
  inputs: {
    user: { required: true, replaces: true },
    pgpKey: { replaces: true, problem: pgpKeyProblem },
    status: {
      default: "Active",
      problem: oneOf("Active", "Inactive"),
      afterCreation: true,
      update: ({ iam }, AccessKeyId, news) =>
        iam.updateAccessKey({
          AccessKeyId,
          UserName: text(news, "user"),
          Status: news["status"] === "Active" ? "Active" : "Inactive",
        }),
    },
  },
  outputs: [
    "createDate",
    "encryptedSecret",
    "encryptedSesSmtpPasswordV4",
    "keyFingerprint",
    "secret",
    "sesSmtpPasswordV4",
  ],
  secrets: ["secret", "sesSmtpPasswordV4"],
  fromId: () => ({}),

  create: async ({ iam, region }, inputs) => {
    const key = await encryptionFor(inputs);
    const { AccessKey: made } = await iam.createAccessKey({
      UserName: text(inputs, "user"),
    });
    const secret = made?.SecretAccessKey ?? "";
    const smtp = sesSmtpPassword(secret, region);
    return {
      id: made?.AccessKeyId ?? "",
      outputs: key
        ? {
            encryptedSecret: await key.encrypt(secret),
            encryptedSesSmtpPasswordV4: await key.encrypt(smtp),
            keyFingerprint: key.keyFingerprint,
          }
        : { secret, sesSmtpPasswordV4: smtp },
    };
  },

  read: async ({ iam }, id, state) => {
    // An import knows the key's id alone.
    const UserName =
      optionalText(state, "user") ??
      (await iam.getAccessKeyLastUsed({ AccessKeyId: id })).UserName;
    const { AccessKeyMetadata } = await iam.listAccessKeys({ UserName });
    const live = AccessKeyMetadata?.find(
      ({ AccessKeyId }) => AccessKeyId === id,
    );
    return (
      live && {
        user: UserName,
        status: live.Status,
        createDate: timestamp(live.CreateDate),
      }
    );
  },

  remove: ({ iam }, AccessKeyId, state) =>
    iam.deleteAccessKey({ AccessKeyId, UserName: text(state, "user") }),
};
