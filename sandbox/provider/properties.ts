/** The properties of a resource, as they cross between the engine and the provider. */
export type Properties = Readonly<Record<string, unknown>>;

/** Reads a property that must be text. */
export function text(properties: Properties, name: string): string {
  const value = properties[name];
  if (typeof value === "string") return value;
  throw new Error(`property ${name}: expected text, found ${typeof value}`);
}

export function optionalText(
  properties: Properties,
  name: string,
): string | undefined {
  const value = properties[name];
  return typeof value === "string" && value !== "" ? value : undefined;
}

export function optionalNumber(
  properties: Properties,
  name: string,
): number | undefined {
  const value = properties[name];
  return typeof value === "number" ? value : undefined;
}

export const flag = (properties: Properties, name: string): boolean =>
  properties[name] === true;

export function texts(properties: Properties, name: string): readonly string[] {
  const value = properties[name];
  return Array.isArray(value)
    ? value.filter((item) => typeof item === "string")
    : [];
}

/** As the real provider writes it: to the second. */
export const timestamp = (date: Date | undefined): string | undefined =>
  date?.toISOString().replace(/\.\d+Z$/, "Z");

/** The properties that have a value. */
export const present = (properties: Properties): Properties =>
  Object.fromEntries(
    Object.entries(properties).filter(([, value]) => value !== undefined),
  );
