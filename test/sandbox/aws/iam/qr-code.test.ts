import { strict as assert } from "node:assert";
import { inflateSync } from "node:zlib";
import {
  CreateAccountAliasCommand,
  CreateVirtualMFADeviceCommand,
} from "@aws-sdk/client-iam";
import qrcode from "qrcode-generator";
import { bastionId, conversationForEach } from "./conversation";

/** The chunks of a PNG by their types. */
function chunksOf(png: Buffer): ReadonlyMap<string, Buffer> {
  assert.equal(png.subarray(0, 8).toString("hex"), "89504e470d0a1a0a");
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at < png.length;) {
    const length = png.readUInt32BE(at);
    const type = png.subarray(at + 4, at + 8).toString();
    chunks.set(type, png.subarray(at + 8, at + 8 + length));
    at += 12 + length;
  }
  return chunks;
}

/** Whether each point of a picture of one bit a point is black. */
function pointsOf(png: Buffer): readonly (readonly boolean[])[] {
  const chunks = chunksOf(png);
  const header = chunks.get("IHDR");
  const data = chunks.get("IDAT");
  assert(header && data && chunks.has("IEND"));
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const rowSize = 1 + Math.ceil(width / 8);
  const rows = inflateSync(data);
  assert.equal(rows.length, rowSize * height);
  return Array.from({ length: height }, (_, y) =>
    Array.from({ length: width }, (__, x) => {
      const byte = rows[y * rowSize + 1 + (x >> 3)] ?? 0;
      return (byte & (0x80 >> (x & 7))) === 0;
    }),
  );
}

/** The code of a text, square by square. */
function squaresOf(text: string): readonly (readonly boolean[])[] {
  const code = qrcode(0, "L");
  code.addData(text);
  code.make();
  const indexes = Array.from({ length: code.getModuleCount() }, (_, i) => i);
  return indexes.map((row) =>
    indexes.map((column) => code.isDark(row, column)),
  );
}

describe("The picture of a virtual MFA device", () => {
  const { send } = conversationForEach();

  const create = async (VirtualMFADeviceName: string) => {
    const { VirtualMFADevice } = await send(
      new CreateVirtualMFADeviceCommand({
        VirtualMFADeviceName,
        Path: "/phones/",
      }),
    );
    const { Base32StringSeed, QRCodePNG } = VirtualMFADevice ?? {};
    assert(Base32StringSeed && QRCodePNG);
    return {
      seed: Buffer.from(Base32StringSeed).toString(),
      points: pointsOf(Buffer.from(QRCodePNG)),
    };
  };
  /** Every fourth point of what is inside the white border. */
  const squaresIn = (points: readonly (readonly boolean[])[]) =>
    points
      .slice(16, -16)
      .filter((_, y) => y % 4 === 0)
      .map((row) => row.slice(16, -16).filter((_, x) => x % 4 === 0));

  it("is what an authenticator takes it from: name, account and seed", async () => {
    const { seed, points } = await create("ada");
    assert(points.slice(0, 16).every((row) => !row.includes(true)));
    assert.deepEqual(
      squaresIn(points),
      squaresOf(`otpauth://totp/ada%40${bastionId}?secret=${seed}`),
    );
  });

  it("names the account by its alias, and holds the longest name", async () => {
    await send(new CreateAccountAliasCommand({ AccountAlias: "acme" }));
    const name = "n".repeat(226);
    const { seed, points } = await create(name);
    assert.deepEqual(
      squaresIn(points),
      squaresOf(`otpauth://totp/${name}%40acme?secret=${seed}`),
    );
  });
});
