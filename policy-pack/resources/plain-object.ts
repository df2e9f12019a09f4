export type Properties = Readonly<Record<string, unknown>>;

export const isPlainObject = (value: unknown): value is Properties =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** What stands there itself: of a name such as `constructor`, any object has another value. */
export const ownValue = <T>(
  of: Readonly<Record<string, T>>,
  name: string,
): T | undefined => (Object.hasOwn(of, name) ? of[name] : undefined);
