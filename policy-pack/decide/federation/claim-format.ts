/**
 * How a claim or an issuer is built, as data/identity-providers.json writes it: `{tenant}` and
 * `{project}` stand for names, `{}` for another part that must be certain, `{*}` for anything. No part holds a colon.
 */
export type ClaimFormat = string;

export type NamedPart = "tenant" | "project";

/** What stands before the first part that is a name. */
export const beginningOf = (format: ClaimFormat): string =>
  format.split("{")[0] ?? "";

/**
 * What values look like that are certain up to the part, and with it: what follows may be open.
 *
 * @param names what the part may be; left out: anything without a wildcard
 * @returns undefined where the format has no such part, or there is no name
 */
export function certainUpTo(
  format: ClaimFormat,
  part: NamedPart,
  names?: readonly string[],
): RegExp | undefined {
  const place = `{${part}}`;
  const [before = "", after] = format.split(place);
  if (after === undefined || names?.length === 0) return undefined;
  const name =
    names === undefined
      ? textUpTo(after, ":")
      : `(${names.map(escaped).join("|")})`;
  // With the character behind the part, which ends it.
  const end = after === "" ? "$" : escaped(after.charAt(0));
  return new RegExp(`^${sourceOf(before)}${name}${end}`);
}

/** What whole texts of the format look like. */
export const wholeOf = (format: ClaimFormat): RegExp =>
  new RegExp(`^${sourceOf(format)}$`);

const sourceOf = (format: ClaimFormat): string =>
  format
    .split(/\{([^}]*)\}/)
    .map((piece, index, pieces) => {
      if (index % 2 === 0) return escaped(piece);
      if (piece === "*") return ".*";
      return textUpTo(pieces[index + 1] ?? "", piece === "" ? ":/" : ":");
    })
    .join("");

/** No wildcard, not what ends the part, and not what stands between any parts. */
const textUpTo = (after: string, between: string): string =>
  `[^*?${escaped(between + after.charAt(0))}]+`;

const escaped = (text: string): string =>
  text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
