import { crc32, deflateSync } from "node:zlib";

const signature = Buffer.from("89504e470d0a1a0a", "hex");

/** Black and white, one bit a point. */
const format = { bits: 1, grey: 0, deflate: 0, adaptive: 0, plain: 0 };

const number = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  return Buffer.concat([number(data.length), body, number(crc32(body))]);
}

/** A row of points, eight in a byte, behind the byte that says that it is not filtered. */
function packed(row: readonly boolean[]): Buffer {
  const bytes = Buffer.alloc(1 + Math.ceil(row.length / 8));
  row.forEach((isBlack, index) => {
    const at = 1 + (index >> 3);
    if (!isBlack) bytes[at] = (bytes[at] ?? 0) | (0x80 >> (index & 7));
  });
  return bytes;
}

/** A picture of black points and white ones. Source: W3C, "Portable Network Graphics". */
export const pngOf = (rows: readonly (readonly boolean[])[]): Buffer =>
  Buffer.concat([
    signature,
    chunk(
      "IHDR",
      Buffer.concat([
        number(rows[0]?.length ?? 0),
        number(rows.length),
        Buffer.from(Object.values(format)),
      ]),
    ),
    chunk("IDAT", deflateSync(Buffer.concat(rows.map(packed)))),
    chunk("IEND", Buffer.alloc(0)),
  ]);
