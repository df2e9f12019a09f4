import { isPlainObject } from "../resources/plain-object";
import { knownText, type Resource } from "../resources/resource";
import { isUnknown } from "../resources/unknown";
import { grantForms, holderForms, type GrantForm } from "./forms";
import type { HeldPolicy } from "./identity";

/** The inline policies that stand in the stack, by holder and name. */
export function inlineNamesIn(resource: Resource): readonly string[] {
  const { type, inputs } = resource;
  const inline = holderForms.get(type)?.inline;
  if (inline !== undefined) {
    const holder = holderForms.get(type);
    const entries: unknown = inputs[inline.list];
    if (holder === undefined || !Array.isArray(entries)) return [];
    const name = knownText(resource, holder.name);
    return (entries as readonly unknown[]).map((entry) =>
      inlineKey(name, isPlainObject(entry) ? entry[inline.name] : undefined),
    );
  }
  const form = grantForms.get(type);
  if (form?.document === undefined || form.isManagedPolicy === true) return [];
  const name = knownText(resource, "name") ?? knownText(resource, "policyName");
  return form.holders.map(([, property]) => inlineKey(inputs[property], name));
}

const inlineKey = (holder: unknown, name: unknown): string =>
  JSON.stringify([holder, name]);

/** Inline policies that a list names, though nothing in the stack says what they are. */
export function missingInline(
  resource: Resource,
  { holders: [holder], inlineNames: field }: GrantForm,
  inlineNames: ReadonlySet<string>,
): readonly HeldPolicy[] {
  const names = field === undefined ? undefined : resource.inputs[field];
  if (field === undefined || !Array.isArray(names)) return [];
  const owner = holder === undefined ? undefined : resource.inputs[holder[1]];
  return (names as readonly unknown[]).flatMap((name, index): HeldPolicy[] => {
    if (typeof name !== "string" || inlineNames.has(inlineKey(owner, name))) {
      return [];
    }
    return [
      {
        resource,
        field,
        content: isUnknown(name)
          ? { kind: "unknown", path: [field, index] }
          : { kind: "unseen", named: `the inline policy ${name}` },
      },
    ];
  });
}
