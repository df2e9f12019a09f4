/** A map of a file, before anything of it is known. */
export type YamlMap = Readonly<Record<string, unknown>>;

export const isYamlMap = (value: unknown): value is YamlMap =>
  typeof value === "object" && value !== null && !Array.isArray(value);
