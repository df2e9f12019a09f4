/**
 * What JSON text says: the engine keeps a provider's lists and objects as such, and services take
 * policies as such.
 *
 * @returns undefined for text that is no JSON; what is no text, as it is
 */
export function structured(value: unknown): unknown {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}
