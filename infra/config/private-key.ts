const armoured = "PRIVATE KEY";

/**
 * Packets of secret keys and subkeys, in both formats of a packet's first byte.
 * Source: RFC 9580, 4.2 and 5.
 */
const isSecretPacket = (first: number): boolean =>
  [5, 7].includes((first & 0x40) === 0 ? (first >> 2) & 0xf : first & 0x3f);

/** Whether a text has a private key in it, as an armoured block. */
export const hasPrivateKey = (text: string): boolean => text.includes(armoured);

/** Whether it is a private PGP key: armoured, in base64, or both. */
export function isPrivateKey(text: string): boolean {
  const bytes = Buffer.from(text, "base64");
  const [first = 0] = bytes;
  return (
    hasPrivateKey(text) ||
    hasPrivateKey(bytes.toString("latin1")) ||
    (first >= 0x80 && isSecretPacket(first))
  );
}

export const isNotPrivate = (key: string): boolean =>
  key.startsWith("keybase:") || !isPrivateKey(key);

export const publicKeyAlone =
  "a public key in base64, and no private one, which whoever reads the file now has. Fix: take it out, revoke it, and give another's public key (gpg --export <id> | base64 -w0)";
