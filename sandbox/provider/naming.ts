import { createHash, randomBytes } from "node:crypto";

/** How the engine wants names to be made up; by default the provider decides. */
export interface Naming {
  /** The same at preview and deployment, so that both show one name. */
  readonly seed: Uint8Array;
  readonly proposed?: string;
  readonly mode: "propose" | "enforce" | "disable";
}

const digits = 7;

/** As Pulumi's automatic names: the logical name and seven random hexadecimal digits. */
export function autoName(
  urn: string,
  longest: number,
  { seed, proposed, mode }: Naming,
): string | undefined {
  if (mode === "disable") return undefined;
  if (
    proposed !== undefined &&
    (mode === "enforce" || proposed.length <= longest)
  ) {
    return proposed;
  }
  const logical = urn.split("::").at(-1) ?? "";
  const random =
    seed.length > 0
      ? createHash("sha256").update(seed).digest("hex")
      : randomBytes(digits).toString("hex");
  const kept = logical.slice(0, longest - digits - 1);
  return `${kept}-${random.slice(0, digits)}`;
}

let made = 0;

/** As the real provider's: a prefix, the time to a tenth of a millisecond, and a counter. */
export function uniqueName(prefix: string): string {
  made += 1;
  const time = new Date().toISOString().replace(/\D/g, "");
  return `${prefix}${time}0${made.toString(16).padStart(8, "0")}`;
}
