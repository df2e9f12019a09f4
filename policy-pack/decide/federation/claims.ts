import { oncePer } from "../once-per";
import { certainUpTo, hasPart, namesFor, type NamedPart } from "./claim-format";
import type { ClaimFormats, Provider } from "./providers";
import { keyOf, type Claim } from "./token-search";

/** By the formats, and then by all else that is asked: most roles of a stack trust one provider. */
const madeOf = oncePer<ClaimFormats, Map<string, readonly Claim[]>>(
  () => new Map(),
);

/**
 * The claims that name a tenant, or a project.
 *
 * @param names those that are accepted; left out: any that is certain
 */
export function claimsOf(
  provider: string,
  known: Provider,
  formats: ClaimFormats,
  part: NamedPart,
  names?: readonly string[],
): readonly Claim[] {
  const made = madeOf(formats);
  const asked = JSON.stringify([provider, part, names]);
  const claims =
    made.get(asked) ?? makeClaims(provider, known, formats, part, names);
  made.set(asked, claims);
  return claims;
}

const makeClaims = (
  provider: string,
  { example, ignoresCase = false }: Provider,
  formats: ClaimFormats,
  part: NamedPart,
  names?: readonly string[],
): readonly Claim[] => {
  const published = Object.values(formats).flat();
  return Object.entries(formats).flatMap(([name, all], index) => {
    const lower = (text: string) => (ignoresCase ? text.toLowerCase() : text);
    const certain = all.flatMap(
      (format) =>
        certainUpTo(
          format,
          part,
          names && namesFor(names.map(lower), format, published),
        ) ?? [],
    );
    return all.some((format) => hasPart(format, part))
      ? [
          {
            key: keyOf(provider, name),
            // No token of a published format has a star in its names.
            accepts: (value: string, hasWildcards: boolean) =>
              certain.some((one) => one.test(lower(value))) ||
              (!hasWildcards && /[*?]/.test(value)),
            ignoresCase,
            ...(index === 0 && example.includes("<")
              ? { likely: example.replace(/<[^>]*>/g, "?*") }
              : {}),
          },
        ]
      : [];
  });
};
