import type { Path } from "../resources/path";
import type { Resource } from "../resources/resource";
import { pathToUnknown } from "../resources/unknown";

/** How the values of a property lead to resources of the stack, and what is made of each. */
export interface Resolver<T, R> {
  /** What the property may name, by the URN of its resource. */
  readonly candidate: (urn: string) => T | undefined;
  readonly isNamed: (candidate: T, value: unknown) => boolean;
  readonly byValue: (value: unknown) => R;
  readonly byCandidate: (candidate: T) => R;
  readonly unknown: (path: Path) => R;
}

/**
 * What a property names: one name or ARN, or a list of them. Behind a value that nobody knows yet
 * stands a resource that the property depends on, and that no known value names. Where it could be
 * one or another, it is neither for certain.
 */
export function resolve<T, R>(
  resource: Resource,
  property: string,
  resolver: Resolver<T, R>,
): readonly R[] {
  const { candidate, isNamed, byValue, byCandidate, unknown } = resolver;
  const value = resource.inputs[property];
  if (value === undefined || value === null) return [];
  const entries: readonly unknown[] = Array.isArray(value) ? value : [value];
  const unknowns = entries.flatMap((one, index) => {
    const path = pathToUnknown(one);
    return path === undefined ? [] : [[index, ...path]];
  });
  const known = entries.filter((one) => pathToUnknown(one) === undefined);
  const missing = entries.length - known.length;
  if (missing === 0) return known.map(byValue);
  const sources = resource.propertyDependencies[property] ?? [];
  const found = [...new Set(sources)]
    .flatMap((urn) => candidate(urn) ?? [])
    .filter((one) => !known.some((name) => isNamed(one, name)));
  const [[index = 0, ...inside] = []] = unknowns;
  const path = Array.isArray(value)
    ? [property, index, ...inside]
    : [property, ...inside];
  if (found.length > missing) return [...known.map(byValue), unknown(path)];
  return [
    ...known.map(byValue),
    ...found.map(byCandidate),
    ...(found.length < missing ? [unknown(path)] : []),
  ];
}

/** Whether an unknown value of a resource may be of another one. */
export const dependsOn = (
  { propertyDependencies }: Resource,
  { urn }: Resource,
): boolean =>
  Object.values(propertyDependencies).some((sources) => sources.includes(urn));
