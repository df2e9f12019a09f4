import qrcode from "qrcode-generator";
import { pngOf } from "./png";

/** Points that a square of the code is wide, and squares that the white around it is. */
const scale = 4;
const quiet = 4;

/** The text as a QR code, for a phone to read. */
export function qrCodePng(text: string): Buffer {
  const code = qrcode(0, "L");
  code.addData(text);
  code.make();
  const count = code.getModuleCount();
  const size = (count + 2 * quiet) * scale;
  const isInside = (at: number): boolean => at >= 0 && at < count;
  return pngOf(
    Array.from({ length: size }, (_, y) =>
      Array.from({ length: size }, (__, x) => {
        const row = Math.floor(y / scale) - quiet;
        const column = Math.floor(x / scale) - quiet;
        return isInside(row) && isInside(column) && code.isDark(row, column);
      }),
    ),
  );
}
