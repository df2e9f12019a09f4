import { certainUpTo, hasPart, namesFor, type NamedPart } from "./claim-format";
import type { ClaimFormats, Provider } from "./providers";
import { keyOf, type Claim } from "./token-search";

/**
 * The claims that name a tenant, or a project.
 *
 * @param names those that are accepted; left out: any that is certain
 */
export const claimsOf = (
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
