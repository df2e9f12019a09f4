import { isTooDeep } from "../decide/read/nesting";

/**
 * What JSON text says: the engine keeps a provider's lists and objects as such, and services take
 * policies as such.
 *
 * @returns undefined for text that is no JSON, or nests deeper than AWS takes; what is no text, as it is
 */
export function structured(value: unknown): unknown {
  if (typeof value !== "string") return value;
  try {
    const parsed: unknown = JSON.parse(value);
    return isTooDeep(parsed) ? undefined : parsed;
  } catch {
    return undefined;
  }
}

/** What a text says that is a JSON object or list; undefined of any other. */
export const structuredText = (text: string): unknown =>
  /^\s*[{[]/.test(text) ? structured(text) : undefined;
