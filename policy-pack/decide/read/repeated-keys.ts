/**
 * The keys that an object of the JSON text has more than once, of which a parser keeps the last.
 * Source: AWS documentation, "Grammar of the IAM JSON policy language".
 *
 * @param text that is JSON
 * @param parsed what a parser makes of it
 */
export function repeatedKeys(text: string, parsed: unknown): readonly string[] {
  // A program's own text mostly comes from the same function, which writes no key twice.
  if (JSON.stringify(parsed) === text) return [];
  const repeated: string[] = [];
  const objects: (Set<string> | undefined)[] = [];
  let expectsKey = false;
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\],:]/g)) {
    switch (token) {
      case "{":
        objects.push(new Set());
        expectsKey = true;
        break;
      case "[":
        objects.push(undefined);
        expectsKey = false;
        break;
      case "}":
      case "]":
        objects.pop();
        expectsKey = false;
        break;
      case ",":
        expectsKey = objects.at(-1) !== undefined;
        break;
      case ":":
        expectsKey = false;
        break;
      default: {
        const keys = objects.at(-1);
        if (!expectsKey || keys === undefined) break;
        const key = JSON.parse(token) as string;
        if (keys.has(key)) repeated.push(key);
        keys.add(key);
      }
    }
  }
  return repeated;
}
