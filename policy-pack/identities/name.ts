import { factOf, type Resource } from "../resources/resource";
import { isUnknown } from "../resources/unknown";
import { holderForms } from "./forms";
import type { UnknownValue } from "./identity";

/** The name of a user, group or role, where it is only known after the deployment. */
export function unknownName(resource: Resource): readonly UnknownValue[] {
  const field = holderForms.get(resource.type)?.name;
  return field !== undefined && isUnknown(factOf(resource, field))
    ? [{ resource, path: [field] }]
    : [];
}
