/** The way to a value inside a resource's inputs. */
export type Path = readonly (string | number)[];

/** As a finding names it: `inlinePolicies[0].policy`. */
export const fieldOf = ([first = "", ...more]: Path): string =>
  more.reduce<string>(
    (field, step) =>
      typeof step === "number" ? `${field}[${step}]` : `${field}.${step}`,
    String(first),
  );

/** Through objects and lists; undefined where the way ends before. */
export const valueAt = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (inside, step) =>
      typeof inside === "object" && inside !== null
        ? (inside as Readonly<Record<string | number, unknown>>)[step]
        : undefined,
    value,
  );
