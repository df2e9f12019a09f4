import type { Resource } from "./resource";

/** Some six rules read the same of each resource: it is read once. */
export function oncePerResource<T extends object>(
  read: (resource: Resource) => T,
): (resource: Resource) => T {
  const known = new WeakMap<Resource, T>();
  return (resource) => {
    const found = known.get(resource);
    if (found !== undefined) return found;
    const made = read(resource);
    known.set(resource, made);
    return made;
  };
}
