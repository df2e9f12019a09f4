export type Properties = Readonly<Record<string, unknown>>;

export const isPlainObject = (value: unknown): value is Properties =>
  typeof value === "object" && value !== null && !Array.isArray(value);
