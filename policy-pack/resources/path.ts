/** The way to a value inside a resource's inputs. */
export type Path = readonly (string | number)[];

/** As a finding names it: `inlinePolicies[0].policy`. */
export const fieldOf = ([first = "", ...more]: Path): string =>
  more.reduce<string>(
    (field, step) =>
      typeof step === "number" ? `${field}[${step}]` : `${field}.${step}`,
    String(first),
  );
