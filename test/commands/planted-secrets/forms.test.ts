import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { isPacked, leaks } from "./forms";

const planted = [{ what: "the secret", secret: 'Plant3d "&<>/+=8f3a61c2d9' }];
const secret = planted[0]?.secret ?? "";

describe("a secret that was planted", () => {
  for (const [form, text] of Object.entries({
    "as it is": `x${secret}y`,
    "in JSON in JSON": JSON.stringify({ text: secret }),
    "in an address": `https://example.org/?q=${encodeURIComponent(secret)}`,
    "in a form": new URLSearchParams({ q: secret }).toString(),
    "in HTML": "Plant3d &quot;&amp;&lt;&gt;/+=8f3a61c2d9",
    "in base64": Buffer.from(`xy${secret}z`).toString("base64"),
    "in hexadecimal": Buffer.from(secret).toString("hex"),
  })) {
    it(`is found ${form}`, () => {
      const told = [{ where: "log", bytes: Buffer.from(`a\n${text}\nb`) }];
      assert.deepEqual(leaks(told, planted), ["the secret in log"]);
    });
  }

  it("is found in what is packed, whole or cut off", () => {
    const packed = gzipSync(`${secret} ${"and more. ".repeat(20)}`);
    for (const bytes of [packed, packed.subarray(0, -12)]) {
      assert.ok(isPacked(bytes) && !bytes.includes(secret));
      assert.deepEqual(leaks([{ where: "log", bytes }], planted), [
        "the secret in log",
      ]);
    }
  });

  it("leaves nothing unread that should be packed", () => {
    const bytes = gzipSync(secret).fill(0xff, 10, 14);
    assert.throws(() => leaks([{ where: "log", bytes }], planted));
  });

  it("is not found where it is not", () => {
    const told = [{ where: "log", bytes: Buffer.from(secret.slice(0, -1)) }];
    assert.deepEqual(leaks(told, planted), []);
  });
});
