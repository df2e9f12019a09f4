import { randomInt } from "node:crypto";
import * as iam from "@aws-sdk/client-iam";
import { createMessage, encrypt, readKey } from "openpgp";
import { unlessMissing } from "../missing";
import {
  optionalNumber,
  optionalText,
  text,
  type Properties,
  type ResourceType,
} from "../resource";

/** `aws:iam/userLoginProfile:UserLoginProfile`: a first password. */
export const userLoginProfile: ResourceType = {
  replaceOn: ["user", "pgpKey", "passwordLength"],
  optional: ["passwordResetRequired"],
  secrets: ["password"],
  defaults: { passwordLength: 20, passwordResetRequired: false },

  create: async ({ iam: client }, inputs) => {
    const UserName = text(inputs, "user");
    const password = newPassword(
      optionalNumber(inputs, "passwordLength") ?? 20,
    );
    // Encrypted first, so that a wrong key leaves no password that nobody knows.
    const once = await forTheState(inputs, password);
    await client.send(
      new iam.CreateLoginProfileCommand({
        UserName,
        Password: password,
        PasswordResetRequired: inputs["passwordResetRequired"] === true,
      }),
    );
    return { id: UserName, once };
  },

  read: async ({ iam: client }, id) => {
    const found = await unlessMissing(
      client.send(new iam.GetLoginProfileCommand({ UserName: id })),
    );
    // Once the user has changed the password, no reset is required: that is no drift.
    return found?.LoginProfile && { user: id };
  },

  update: async ({ iam: client }, id, _olds, news) => {
    await client.send(
      new iam.UpdateLoginProfileCommand({
        UserName: id,
        PasswordResetRequired: news["passwordResetRequired"] === true,
      }),
    );
  },

  remove: async ({ iam: client }, id) => {
    await client.send(new iam.DeleteLoginProfileCommand({ UserName: id }));
  },
};

const alphabets = [
  "ABCDEFGHJKLMNPQRSTUVWXYZ",
  "abcdefghijkmnopqrstuvwxyz",
  "23456789",
  "!@#$%^&*()_+-=[]{}|'",
] as const;

/** At least one character of each kind, the rest of any. */
function newPassword(length: number): string {
  const all = alphabets.join("");
  const characters = Array.from({ length }, (_, index) => {
    const alphabet = alphabets[index] ?? all;
    return alphabet.charAt(randomInt(alphabet.length));
  });
  for (let at = characters.length - 1; at > 0; at -= 1) {
    const other = randomInt(at + 1);
    const kept = characters[at] ?? "";
    characters[at] = characters[other] ?? "";
    characters[other] = kept;
  }
  return characters.join("");
}

/** With a key, only its holder can read the password; without one, it is in the state. */
async function forTheState(
  inputs: Properties,
  password: string,
): Promise<Properties> {
  const key = optionalText(inputs, "pgpKey");
  if (key === undefined) return { password };
  if (key.startsWith("keybase:")) {
    throw new Error(
      `pgpKey ${key}: the sandbox does not reach Keybase; give the public key itself, in base64`,
    );
  }
  const publicKey = await readKey({ binaryKey: Buffer.from(key, "base64") });
  // Its types are those of a browser; with this format it gives bytes.
  const encrypted: unknown = await encrypt({
    message: await createMessage({ text: password }),
    encryptionKeys: publicKey.toPublic(),
    format: "binary",
  });
  return {
    encryptedPassword: Buffer.from(encrypted as Uint8Array).toString("base64"),
    keyFingerprint: publicKey.getFingerprint(),
  };
}
