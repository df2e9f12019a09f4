/**
 * Whether a line of Pulumi's says what no other does: a resource's end does, and its beginning, told by
 * a line of its own before, does not.
 */
export const isNews = (line: string): boolean =>
  line.trim() !== "" &&
  !/^@ | creating \(\d+s\)\s*$|^Loading policy packs\.\.\.: starting/.test(
    line.trimStart(),
  );

/**
 * A resource's end by its sign, type and name. "created (0.24s)" says no more than the sign does, and where
 * the line is full, it would be a line of its own, many times.
 */
export const shortened = (line: string): string =>
  line.replace(/ (created|updated|deleted|replaced) \(\d+(\.\d+)?s\)\s*$/, "");

/**
 * What a policy pack has found, as a preview prints it: without the resources around it, and each rule's
 * own words once.
 */
export function findingsIn(printed: string): readonly string[] {
  const lines = printed.split("\n");
  const begin = lines.findIndex((line) => /^\s*- \[mandatory\]/.test(line));
  if (begin < 0) return [];
  const rest = lines.slice(begin);
  const end = rest.findIndex((line) => /^\S/.test(line));
  const found = rest.slice(0, end < 0 ? rest.length : end).filter(isNews);
  const inset = /^ */.exec(found[0] ?? "")?.[0].length ?? 0;
  const told = new Set<string>();
  const once = found.filter((line, index) => {
    if (!isHeadline(found[index - 1])) return true;
    const isNew = !told.has(line);
    told.add(line);
    return isNew;
  });
  return once.map((line) => line.slice(inset));
}

const isHeadline = (line = ""): boolean => /^\s*- \[\w+\]/.test(line);
