import { isPlainObject } from "../resources/plain-object";
import { fieldOf } from "../resources/path";
import { isUnknown } from "../resources/unknown";
import type { Holder } from "./holders";
import type { HeldPolicy } from "./identity";
import type { ManagedPolicies } from "./managed-policies";
import { contentOf } from "./read";

/** The policies that stand in the user, group or role itself. */
export const ownPolicies = (
  holder: Holder,
  managed: ManagedPolicies,
): readonly HeldPolicy[] => [
  ...inlinePolicies(holder),
  ...managedPolicies(holder, managed),
];

function inlinePolicies({ form, resource }: Holder): readonly HeldPolicy[] {
  const { inline } = form;
  if (inline === undefined) return [];
  const { list, document } = inline;
  const value = resource.inputs[list];
  if (isUnknown(value)) {
    return [
      { resource, field: list, content: { kind: "unknown", path: [list] } },
    ];
  }
  if (!Array.isArray(value)) return [];
  return (value as readonly unknown[]).flatMap((entry, index): HeldPolicy[] => {
    const path = [list, index, document];
    const field = fieldOf(path);
    if (isUnknown(entry)) {
      return [
        { resource, field, content: { kind: "unknown", path: [list, index] } },
      ];
    }
    // The provider reads `inlinePolicies: [{}]` as "none, and remove all others".
    if (!isPlainObject(entry) || entry[document] === undefined) return [];
    const content = contentOf(entry[document], path);
    return [{ resource, field, content }];
  });
}

function managedPolicies(
  { form, resource }: Holder,
  managed: ManagedPolicies,
): readonly HeldPolicy[] {
  const field = form.managed;
  if (field === undefined) return [];
  return managed
    .namedBy(resource, field)
    .map((content) => ({ resource, field, content }));
}

/** An unknown boundary only takes away: what is allowed within all of it is decided without it. */
export function boundaryOf(
  { form, resource }: Holder,
  managed: ManagedPolicies,
): HeldPolicy | undefined {
  const { boundary: field } = form;
  if (field === undefined || resource.inputs[field] === "") return undefined;
  const [content] = managed.namedBy(resource, field);
  return content === undefined ? undefined : { resource, field, content };
}
