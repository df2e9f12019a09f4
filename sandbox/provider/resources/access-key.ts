import { encryptionFor, pgpKeyProblem } from "../pgp";
import { oneOf } from "../problems";
import { optionalText, text } from "../properties";
import type { ResourceType } from "../resource";
import { sesSmtpPassword } from "../ses-smtp-password";

/** `aws:iam/accessKey:AccessKey` */
export const accessKey: ResourceType = {
  inputs: {
    user: { required: true, replaces: true, aws: "UserName" },
    pgpKey: { replaces: true, problem: pgpKeyProblem },
    status: {
      aws: "Status",
      default: "Active",
      problem: oneOf("Active", "Inactive"),
      afterCreation: true,
      update: ({ iam, id, properties }) =>
        iam.updateAccessKey({
          AccessKeyId: id,
          UserName: text(properties, "user"),
          Status: properties["status"] === "Active" ? "Active" : "Inactive",
        }),
    },
  },
  outputs: {
    createDate: "CreateDate",
    encryptedSecret: null,
    encryptedSesSmtpPasswordV4: null,
    keyFingerprint: null,
    secret: null,
    sesSmtpPasswordV4: null,
  },
  secrets: ["secret", "sesSmtpPasswordV4"],

  create: async ({ iam, region, properties, parameters }) => {
    const key = await encryptionFor(properties);
    const { AccessKey: made } = await iam.createAccessKey(parameters);
    const secret = made?.SecretAccessKey ?? "";
    const smtp = sesSmtpPassword(secret, region);
    const told = key
      ? {
          encryptedSecret: await key.encrypt(secret),
          encryptedSesSmtpPasswordV4: await key.encrypt(smtp),
          keyFingerprint: key.keyFingerprint,
        }
      : { secret, sesSmtpPasswordV4: smtp };
    return { id: made?.AccessKeyId, ...told };
  },

  find: async ({ iam, id, properties }) => {
    // An import knows the key's id alone.
    const UserName =
      optionalText(properties, "user") ??
      (await iam.getAccessKeyLastUsed({ AccessKeyId: id })).UserName;
    const { AccessKeyMetadata } = await iam.listAccessKeys({ UserName });
    return AccessKeyMetadata?.find(({ AccessKeyId }) => AccessKeyId === id);
  },

  remove: ({ iam, id, properties }) =>
    iam.deleteAccessKey({
      AccessKeyId: id,
      UserName: text(properties, "user"),
    }),
};
