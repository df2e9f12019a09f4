/**
 * How a claim or an issuer is built, as data/identity-providers.json writes it: `{tenant}` and
 * `{project}` stand for names, `{tenant id}` for an id where it is never a name, `{}` for another part that
 * must be certain, `{*}` for anything. No part holds a colon.
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
  const key = JSON.stringify([format, part, names]);
  if (!made.has(key)) made.set(key, patternUpTo(format, part, names));
  return made.get(key);
}

/** Each role that trusts the provider is asked for the same. */
const made = new Map<string, RegExp | undefined>();

function patternUpTo(
  format: ClaimFormat,
  part: NamedPart,
  names: readonly string[] | undefined,
): RegExp | undefined {
  const [before = "", after] = format.split(placeOf(part));
  if (after === undefined || names?.length === 0) return undefined;
  const name =
    names === undefined
      ? textUpTo(after, ":")
      : `(${names.map(escaped).join("|")})`;
  // With the character behind the part, which ends it.
  const end = after === "" ? "$" : escaped(after.charAt(0));
  return new RegExp(`^${sourceOf(before)}${name}${end}`);
}

const placeOf = (part: NamedPart): RegExp =>
  new RegExp(`\\{${part}(?: id)?\\}`);

export const hasPart = (format: ClaimFormat, part: NamedPart): boolean =>
  placeOf(part).test(format);

/**
 * Those of the names that a format may have, among others of the same tokens: whoever likes has a
 * name of digits alone, but nobody has another's id.
 */
export function namesFor(
  names: readonly string[],
  format: ClaimFormat,
  all: readonly ClaimFormat[],
): readonly string[] {
  if (!all.some((one) => one.includes(" id}"))) return names;
  const isOfIds = format.includes(" id}");
  return names.filter((name) => /^\d+$/.test(name) === isOfIds);
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
