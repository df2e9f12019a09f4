const tokens = /"(?:[^"\\]|\\.)*"|[{}[\],:]/g;

/**
 * A key that an object of the JSON text has twice; JSON.parse would take the last of them alone,
 * and AWS takes neither. Source: AWS documentation, "Troubleshoot IAM policies", more than one
 * element. The text was found to be JSON.
 */
export function repeatedKey(text: string): string | undefined {
  const keys: Set<string>[] = [];
  let last = "";
  for (const [token] of text.matchAll(tokens)) {
    if (token === "{" || token === "[") keys.push(new Set());
    else if (token === "}" || token === "]") keys.pop();
    else if (token === ":") {
      const key = JSON.parse(last) as string;
      const known = keys.at(-1);
      if (known?.has(key)) return key;
      known?.add(key);
    }
    last = token;
  }
  return undefined;
}
