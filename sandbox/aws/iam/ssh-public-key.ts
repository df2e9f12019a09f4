import { createHash, createPublicKey, type KeyObject } from "node:crypto";
import { AwsError } from "../errors";

/**
 * RSA keys as a line of SSH's, or as PEM. Source: AWS documentation, "Use IAM with CodeCommit", and
 * RFC 4253, section 6.6.
 */

/**
 * @throws AwsError UnrecognizedPublicKeyEncoding for what is neither, InvalidPublicKey for what is no
 * RSA key of 2,048 bits or more.
 */
export function publicKeyOf(body: string): KeyObject {
  const key = /^\s*-----BEGIN /.test(body) ? pemKey(body) : sshKey(body);
  if (
    key?.asymmetricKeyType === "rsa" &&
    (key.asymmetricKeyDetails?.modulusLength ?? 0) >= 2_048
  ) {
    return key;
  }
  throw new AwsError(
    "InvalidPublicKey",
    "The public key is malformed or otherwise invalid: expected an RSA key of 2048 bits or more.",
  );
}

function pemKey(body: string): KeyObject | undefined {
  try {
    return createPublicKey(body);
  } catch {
    return undefined;
  }
}

function sshKey(body: string): KeyObject | undefined {
  const [, kind, base64 = ""] =
    /^\s*(ssh-\w+|ecdsa-\S+|sk-\S+) +([\w+/]+=*)(\s|$)/.exec(body) ?? [];
  if (kind === undefined) {
    throw new AwsError(
      "UnrecognizedPublicKeyEncoding",
      "The public key encoding format is unsupported or unrecognized: expected ssh-rsa or PEM.",
    );
  }
  const [name, e, n] = fieldsOf(Buffer.from(base64, "base64"));
  if (name?.toString() !== "ssh-rsa" || !e || !n) return undefined;
  const jwk = { kty: "RSA", e: base64Url(e), n: base64Url(n) };
  try {
    return createPublicKey({ key: jwk, format: "jwk" });
  } catch {
    return undefined;
  }
}

/** Fields with their length before them, in four bytes. */
function fieldsOf(blob: Buffer): readonly Buffer[] {
  const fields: Buffer[] = [];
  for (let at = 0; at + 4 <= blob.length;) {
    const end = at + 4 + blob.readUInt32BE(at);
    if (end > blob.length) return [];
    fields.push(blob.subarray(at + 4, end));
    at = end;
  }
  return fields;
}

/** Numbers of SSH's may begin with a zero byte, those of JSON Web Keys may not. */
const base64Url = (number: Buffer): string =>
  number.subarray(number.findIndex((byte) => byte !== 0)).toString("base64url");

const field = (bytes: Buffer): Buffer => {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
};

/** A zero byte before what would else be a negative number. */
const numberField = (base64url = ""): Buffer => {
  const bytes = Buffer.from(base64url, "base64url");
  const isNegative = (bytes[0] ?? 0) >= 0x80;
  return field(isNegative ? Buffer.concat([Buffer.alloc(1), bytes]) : bytes);
};

function blobOf(key: KeyObject): Buffer {
  const { e, n } = key.export({ format: "jwk" });
  return Buffer.concat([
    field(Buffer.from("ssh-rsa")),
    numberField(e),
    numberField(n),
  ]);
}

/** MD5, as IAM shows it: sixteen bytes parted by colons. */
export const fingerprintOf = (key: KeyObject): string =>
  createHash("md5")
    .update(blobOf(key))
    .digest("hex")
    .replace(/..(?!$)/g, "$&:");

export const asSshLine = (key: KeyObject): string =>
  `ssh-rsa ${blobOf(key).toString("base64")}`;

export const asPem = (key: KeyObject): string =>
  key.export({ type: "spki", format: "pem" }).toString();
