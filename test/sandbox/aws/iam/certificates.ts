import {
  createPublicKey,
  generateKeyPairSync,
  sign,
  type KeyObject,
} from "node:crypto";

/** Certificates that are made for a test, byte by byte (X.690, RFC 5280), so that no key lies about. */

const tag = (number: number, ...parts: readonly Buffer[]): Buffer => {
  const content = Buffer.concat(parts);
  const { length } = content;
  const header =
    length < 0x80
      ? [length]
      : length < 0x100
        ? [0x81, length]
        : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([number, ...header]), content]);
};
const sequence = (...parts: readonly Buffer[]) => tag(0x30, ...parts);
const integer = (value: number) => tag(0x02, Buffer.from([value]));
const oid = (hex: string) => tag(0x06, Buffer.from(hex, "hex"));

const ecdsaWithSha256 = sequence(oid("2a8648ce3d040302"));
const commonName = oid("550403");

const nameOf = (name: string): Buffer =>
  sequence(tag(0x31, sequence(commonName, tag(0x0c, Buffer.from(name)))));

/** `YYYYMMDDHHMMSSZ`. */
const timeOf = (date: Date): Buffer =>
  tag(
    0x18,
    Buffer.from(`${date.toISOString().replace(/[-:T]|\.\d+Z$/g, "")}Z`),
  );

export interface Certified {
  readonly name: string;
  readonly key: KeyObject;
  readonly pem: string;
  /** As it stands between the lines of PEM. */
  readonly base64: string;
  /** Its private key. */
  readonly keyPem: string;
}

interface Wanted {
  readonly from?: Date;
  readonly to?: Date;
  /** Itself, where nobody is given. */
  readonly issuer?: Certified;
}

/** A certificate of that name; valid for a century where nothing else is said. */
export function certify(
  name: string,
  {
    from = new Date("2020-01-01"),
    to = new Date("2120-01-01"),
    issuer,
  }: Wanted = {},
): Certified {
  const { privateKey: key } = generateKeyPairSync("ec", {
    namedCurve: "prime256v1",
  });
  const body = sequence(
    tag(0xa0, integer(2)),
    integer(1),
    ecdsaWithSha256,
    nameOf(issuer?.name ?? name),
    sequence(timeOf(from), timeOf(to)),
    nameOf(name),
    createPublicKey(key).export({ type: "spki", format: "der" }),
  );
  const signature = sign("sha256", body, issuer?.key ?? key);
  const certificate = sequence(
    body,
    ecdsaWithSha256,
    tag(0x03, Buffer.from([0]), signature),
  );
  const base64 = certificate.toString("base64");
  const lines = base64.match(/.{1,64}/g) ?? [];
  return {
    name,
    key,
    base64,
    pem: [
      "-----BEGIN CERTIFICATE-----",
      ...lines,
      "-----END CERTIFICATE-----",
    ].join("\n"),
    keyPem: key.export({ type: "pkcs8", format: "pem" }).toString(),
  };
}
