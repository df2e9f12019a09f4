/** Text as it is, everything else as JSON: how Pulumi hands a value of a file to the program. */
export const asPulumiHandsIt = (value: unknown): string =>
  typeof value === "string"
    ? value
    : value === null
      ? ""
      : JSON.stringify(value);

/**
 * Whether a value of a file is what Pulumi handed over, as far as can be told: an encrypted one may be
 * anything, and numbers and the like are not the same in every version of YAML.
 */
export function isSameValue(inFile: unknown, handed: string): boolean {
  if (typeof inFile === "string") return inFile === handed;
  try {
    return isAlike(inFile, handed === "" ? null : JSON.parse(handed));
  } catch {
    return !isStructure(inFile) || isEncrypted(inFile);
  }
}

function isAlike(inFile: unknown, handed: unknown): boolean {
  if (isEncrypted(inFile)) return true;
  if (typeof inFile === "string" && typeof handed === "string") {
    return inFile === handed;
  }
  if (!isStructure(inFile) || !isStructure(handed)) {
    return isStructure(inFile) === isStructure(handed);
  }
  const entries = Object.entries(inFile);
  const other = new Map(Object.entries(handed));
  return (
    entries.length === other.size &&
    entries.every(
      ([key, value]) => other.has(key) && isAlike(value, other.get(key)),
    )
  );
}

const isStructure = (value: unknown): value is object =>
  typeof value === "object" && value !== null;

/** As Pulumi writes a secret into a file. */
export const isEncrypted = (value: unknown): boolean =>
  isStructure(value) &&
  "secure" in value &&
  typeof value.secure === "string" &&
  Object.keys(value).length === 1;
