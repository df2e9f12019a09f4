import { constants, gunzipSync } from "node:zlib";

/** A secret that was planted, or came up, and may be told nowhere. */
export interface Planted {
  readonly what: string;
  readonly secret: string;
}

/** Something that was printed or written. */
export interface Told {
  /** The file, or the command. */
  readonly where: string;
  readonly bytes: Buffer;
}

/** Where which secret is told, in whatever form, also in what is packed. */
export function leaks(
  told: readonly Told[],
  planted: readonly Planted[],
): readonly string[] {
  const wanted = planted.map(({ what, secret }) => ({
    what,
    forms: formsOf(secret),
  }));
  return told.flatMap(({ where, bytes: asTold }) => {
    const bytes = isPacked(asTold) ? unpacked(asTold) : asTold;
    return wanted.flatMap(({ what, forms }) =>
      forms.some((form) => bytes.includes(form)) ? [`${what} in ${where}`] : [],
    );
  });
}

/** gzip's own first bytes. */
export const isPacked = (bytes: Buffer): boolean =>
  bytes.subarray(0, 2).equals(Buffer.from([0x1f, 0x8b]));

/** What was cut off, as a killed command's log is, as far as it goes. */
const unpacked = (bytes: Buffer): Buffer =>
  gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH });

/** As it is, in JSON, in an address, in HTML, in base64 beside whatever else, and in hexadecimal. */
function formsOf(secret: string): readonly Buffer[] {
  const bytes = Buffer.from(secret);
  const texts = [
    secret,
    JSON.stringify(secret).slice(1, -1),
    encodeURIComponent(secret),
    new URLSearchParams({ "": secret }).toString().slice(1),
    secret
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll(">", "&gt;")
      .replaceAll('"', "&quot;"),
    bytes.toString("hex"),
    ...[0, 1, 2].map((before) => inBase64(bytes, before)),
  ];
  return [...new Set(texts)].map((text) => Buffer.from(text));
}

/** The letters that are the secret's alone, where so many bytes of a group of three stand before it. */
function inBase64(bytes: Buffer, before: number): string {
  const whole = Buffer.concat([Buffer.alloc(before), bytes]);
  const groups = whole.subarray(0, whole.length - (whole.length % 3));
  return groups.toString("base64").slice(before === 0 ? 0 : 4);
}
