import { certainUpTo, hasPart, wholeOf } from "./claim-format";
import type { Provider } from "./providers";
import { namesSomebody } from "./unpinned-token";

/**
 * Whether all tokens of a provider that serves anybody are somebody's whom the claim tells, where it
 * has such a value.
 *
 * @param value with wildcards
 */
export function tellsWhose(
  { claims, ignoresCase = false }: Provider,
  name: string,
  value: string,
): boolean {
  const formats = Object.hasOwn(claims, name) ? claims[name] : undefined;
  if (formats?.length === 0) return namesSomebody(value);
  const text = ignoresCase ? value.toLowerCase() : value;
  return (formats ?? []).some((format) =>
    [
      certainUpTo(format, "tenant"),
      certainUpTo(format, "project"),
      wholeOf(format),
    ].some((certain) => certain?.test(text)),
  );
}

/** Whether it is known how a provider's tokens name the tenant. */
export const tellsTenant = ({ claims }: Provider): boolean =>
  Object.values(claims)
    .flat()
    .some((format) => hasPart(format, "tenant"));
