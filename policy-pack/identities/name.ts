import { factOf, knownText, type Resource } from "../resources/resource";
import { pathToUnknown } from "../resources/unknown";
import type { UnknownValue } from "../resources/unknown-value";
import { holderForms } from "./forms";

/** The name in AWS of a user, group or role; undefined: not known, or of none. */
export function knownName(resource: Resource): string | undefined {
  const field = holderForms.get(resource.type)?.name;
  return field === undefined ? undefined : knownText(resource, field);
}

/** The name of a user, group or role, where it is only known after the deployment. */
export function unknownName(resource: Resource): readonly UnknownValue[] {
  const field = holderForms.get(resource.type)?.name;
  if (field === undefined) return [];
  const path = pathToUnknown(factOf(resource, field));
  return path === undefined ? [] : [{ resource, path: [field, ...path] }];
}
