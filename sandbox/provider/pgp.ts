import { createMessage, encrypt, readKey } from "openpgp";
import { optionalText, type Properties } from "./properties";

/** What is wrong with an input `pgpKey`; its text is told, for it is a public key. */
export function pgpKeyProblem(value: unknown): string | undefined {
  if (typeof value !== "string") return "must be text";
  if (value.startsWith("keybase:")) {
    return `is ${value}, and the sandbox does not reach Keybase: give the public key itself, in base64`;
  }
  return /^[A-Za-z0-9+/\s]+={0,2}\s*$/.test(value)
    ? undefined
    : "must be a binary public key in base64 (gpg --export <name> | base64), without armor";
}

/**
 * What keeps secrets from all but the holder of the input `pgpKey`; undefined when there is none.
 * The key is read before anything is made, so that a wrong one leaves no secret that nobody knows.
 */
export async function encryptionFor(inputs: Properties): Promise<
  | {
      readonly keyFingerprint: string;
      /** In base64. */
      readonly encrypt: (text: string) => Promise<string>;
    }
  | undefined
> {
  const pgpKey = optionalText(inputs, "pgpKey");
  if (pgpKey === undefined) return undefined;
  const key = await readKey({ binaryKey: Buffer.from(pgpKey, "base64") });
  const publicKey = key.toPublic();
  return {
    keyFingerprint: publicKey.getFingerprint(),
    encrypt: async (text) => {
      // Its types are those of a browser; with this format it gives bytes.
      const encrypted: unknown = await encrypt({
        message: await createMessage({ text }),
        encryptionKeys: publicKey,
        format: "binary",
      });
      return Buffer.from(encrypted as Uint8Array).toString("base64");
    },
  };
}
