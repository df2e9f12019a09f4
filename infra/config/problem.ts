import { hasPrivateKey } from "./private-key";
import { withoutSecrets } from "./secret-text";
import { visible } from "./visible";

/** One thing wrong with the config, as its author will read it. */
export interface Problem {
  /** Where, as written in the stack file: `users.ada.teams[0]`. */
  readonly path: string;
  /** File and line, where they are known: `Pulumi.bastion.yaml:12`. */
  readonly place?: string;
  readonly found: string;
  readonly expected: string;
}

/** So many are told; whoever has more than these mends them first. */
const toldAtMost = 100;

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
        ...problems
          .slice(0, toldAtMost)
          .flatMap(({ path, place, found, expected }) => [
            `  ${cut(path)}`,
            ...(place === undefined ? [] : [`    at:       ${cut(place)}`]),
            `    found:    ${cut(found)}${foreignIn(path + found)}`,
            `    expected: ${cut(expected)}`,
          ]),
        ...(problems.length > toldAtMost
          ? [`  and ${problems.length - toldAtMost} more, after these`]
          : []),
      ].join("\n"),
    );
    this.name = "ConfigError";
  }
}

/** What a person wrote may be of any length, and hold what a terminal obeys. */
function cut(text: string): string {
  const shown = visible(withoutSecrets(text));
  return shown.length > 2_000 ? `${shown.slice(0, 1_999)}…` : shown;
}

/** Which characters are not what they look like, as a Cyrillic a: nobody sees that otherwise. */
function foreignIn(text: string): string {
  const foreign = new Set(text.match(/[^\p{ASCII}\p{Cc}\p{Cf}…]/gu));
  const codes = [...foreign]
    .slice(0, 5)
    .map((one) => `U+${hexadecimal(one.codePointAt(0) ?? 0)}`);
  return codes.length === 0 ? "" : ` (with ${codes.join(", ")})`;
}

const hexadecimal = (code: number): string =>
  code.toString(16).toUpperCase().padStart(4, "0");

/** Shows a value as it could stand in YAML, cut where it is long. */
export function show(value: unknown): string {
  if (value === undefined) return "nothing";
  const written = JSON.stringify(value);
  if (hasPrivateKey(written)) return "a private key (not shown)";
  // Before it is cut: a part of a secret has no form to be known by.
  const text = withoutSecrets(written);
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}
