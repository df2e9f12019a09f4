import { BinaryReader } from "./protobuf";

/**
 * google-protobuf reads a text letter by letter; from here on Node.js reads it at once. Has to be called
 * before the pack starts its server.
 */
export function readTextsAtOnce(): void {
  let known: Uint8Array = new Uint8Array();
  let bytes = Buffer.from(known.buffer);
  BinaryReader.prototype.readString = function () {
    const array = this.getBuffer();
    if (array !== known) {
      known = array;
      bytes = Buffer.from(array.buffer, array.byteOffset, array.byteLength);
    }
    const text = this.getFieldDecoder();
    const start = text.getCursor();
    text.free();
    return bytes.toString("utf8", start, this.getCursor());
  };
}
