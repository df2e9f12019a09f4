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
