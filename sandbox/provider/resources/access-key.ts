import * as iam from "@aws-sdk/client-iam";
import { unlessMissing } from "../errors";
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
    status: { default: "Active", problem: oneOf("Active", "Inactive") },
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

  create: async ({ iam: client, region }, inputs) => {
    const pgpKey = optionalText(inputs, "pgpKey");
    // Read first, so that a wrong one leaves no access key that nobody knows.
    const key = pgpKey === undefined ? undefined : await encryptionFor(pgpKey);
    const { AccessKey: made } = await client.send(
      new iam.CreateAccessKeyCommand({ UserName: text(inputs, "user") }),
    );
    const secret = made?.SecretAccessKey ?? "";
    const smtp = sesSmtpPassword(secret, region);
    return {
      id: made?.AccessKeyId ?? "",
      once: key
        ? {
            encryptedSecret: await key.encrypt(secret),
            encryptedSesSmtpPasswordV4: await key.encrypt(smtp),
            keyFingerprint: key.keyFingerprint,
          }
        : { secret, sesSmtpPasswordV4: smtp },
    };
  },

  finish: async ({ iam: client }, id, inputs) => {
    if (inputs["status"] !== "Inactive") return;
    await setStatus(client, id, text(inputs, "user"), "Inactive");
  },

  read: async ({ iam: client }, id, state) => {
    const UserName = optionalText(state, "user") ?? (await ownerOf(client, id));
    if (UserName === undefined) return undefined;
    const found = await unlessMissing(
      client.send(new iam.ListAccessKeysCommand({ UserName })),
    );
    const live = found?.AccessKeyMetadata?.find(
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

  update: async ({ iam: client }, id, _olds, news) => {
    const status = text(news, "status") === "Active" ? "Active" : "Inactive";
    await setStatus(client, id, text(news, "user"), status);
  },

  remove: async ({ iam: client }, id, state) => {
    await client.send(
      new iam.DeleteAccessKeyCommand({
        AccessKeyId: id,
        UserName: text(state, "user"),
      }),
    );
  },
};

const setStatus = (
  client: iam.IAMClient,
  AccessKeyId: string,
  UserName: string,
  Status: iam.StatusType,
): Promise<unknown> =>
  client.send(
    new iam.UpdateAccessKeyCommand({ AccessKeyId, UserName, Status }),
  );

/** For an import, which knows the key's id alone. */
async function ownerOf(
  client: iam.IAMClient,
  AccessKeyId: string,
): Promise<string | undefined> {
  const found = await unlessMissing(
    client.send(new iam.GetAccessKeyLastUsedCommand({ AccessKeyId })),
  );
  return found?.UserName;
}
