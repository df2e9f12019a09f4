/** Levels of JSON that a request may nest. DynamoDB's values, which nest most, take less than a hundred. */
const levels = 200;

/** Whether a JSON text nests deeper than any request has to: what reads it goes down level by level. */
export function isTooDeep(text: string): boolean {
  let depth = 0;
  let isQuoted = false;
  for (let index = 0; index < text.length; index += 1) {
    const one = text[index];
    if (isQuoted && one === "\\") index += 1;
    else if (one === '"') isQuoted = !isQuoted;
    else if (isQuoted) continue;
    else if (one === "{" || one === "[") depth += 1;
    else if (one === "}" || one === "]") depth -= 1;
    if (depth > levels) return true;
  }
  return false;
}
