/** One thing wrong with the config, as its author will read it. */
export interface Problem {
  /** Where, as written in the stack file: `users.ada.teams[0]`. */
  readonly path: string;
  /** File and line, where they are known: `Pulumi.bastion.yaml:12`. */
  readonly place?: string;
  readonly found: string;
  readonly expected: string;
}

/**
 * All that is wrong with a stack's config, in the order in which Pulumi.yaml declares the keys, or in
 * which it stands in the files once that is known (`places.ts`).
 */
export class ConfigError extends Error {
  constructor(readonly problems: readonly Problem[]) {
    const count =
      problems.length === 1 ? "1 problem" : `${problems.length} problems`;
    super(
      [
        `The stack's config has ${count}; nothing was changed.`,
        ...problems.flatMap(({ path, place, found, expected }) => [
          `  ${path}`,
          ...(place === undefined ? [] : [`    at:       ${place}`]),
          `    found:    ${found}`,
          `    expected: ${expected}`,
        ]),
      ].join("\n"),
    );
    this.name = "ConfigError";
  }
}

/** Shows a value as it could stand in YAML, cut where it is long. */
export function show(value: unknown): string {
  if (value === undefined) return "nothing";
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}
