import { deepest } from "./nesting";

/** Of most documents there is nothing to look for in the text: true also of what lies too deep to be read. */
export const hasNumbers = (parsed: unknown, levels = deepest): boolean =>
  typeof parsed === "number" ||
  (typeof parsed === "object" &&
    parsed !== null &&
    (levels === 0 ||
      Object.values(parsed).some((inside) => hasNumbers(inside, levels - 1))));

/**
 * JSON text with a text in the place of each number of which JavaScript would lose digits, as beyond 2^53:
 * where IAM takes numbers it takes their texts as well.
 *
 * @param text that is JSON
 */
export const withWholeNumbers = (text: string): string =>
  text.replace(/"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g, (token) =>
    /^[\d.-]+$/.test(token) && String(Number(token)) !== token
      ? `"${token}"`
      : token,
  );
