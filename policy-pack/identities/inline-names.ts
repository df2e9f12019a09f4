import { isPlainObject } from "../resources/plain-object";
import { knownText, type Resource } from "../resources/resource";
import { isUnknown } from "../resources/unknown";
import { grantForms, holderForms, type GrantForm } from "./forms";
import type { HeldPolicy, PolicyContent } from "./identity";

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
  const name = inlineName(resource);
  return form.holders.map(([, property]) => inlineKey(inputs[property], name));
}

/** Of an inline policy that is a resource itself. */
export const inlineName = (resource: Resource): string | undefined =>
  knownText(resource, "name") ?? knownText(resource, "policyName");

const inlineKey = (holder: unknown, name: unknown): string =>
  JSON.stringify([holder, name]);

/** The names that a list of inline policies leaves its holder, if the resource has such a list. */
export function listedInline(
  { inputs }: Resource,
  { inlineNames: field }: GrantForm,
): readonly (readonly (string | undefined)[])[] {
  const names = field === undefined ? undefined : inputs[field];
  if (names === undefined || names === null) return [];
  const all: readonly unknown[] = Array.isArray(names) ? names : [names];
  return [all.map((name) => (isKnownText(name) ? name : undefined))];
}

export const isKnownText = (value: unknown): value is string =>
  typeof value === "string" && !isUnknown(value);

/** Inline policies that a list names, though nothing in the stack says what they are. */
export function missingInline(
  resource: Resource,
  { holders: [holder], inlineNames: field }: GrantForm,
  inlineNames: ReadonlySet<string>,
): readonly HeldPolicy[] {
  if (field === undefined) return [];
  const names = resource.inputs[field];
  const missing = (content: PolicyContent): HeldPolicy => ({
    resource,
    field,
    content,
    form: "inline",
    name: undefined,
  });
  if (isUnknown(names)) return [missing({ kind: "unknown", path: [field] })];
  if (!Array.isArray(names)) return [];
  const owner = holder === undefined ? undefined : resource.inputs[holder[1]];
  return (names as readonly unknown[]).flatMap((name, index): HeldPolicy[] => {
    if (typeof name !== "string" || inlineNames.has(inlineKey(owner, name))) {
      return [];
    }
    return [
      missing(
        isUnknown(name)
          ? { kind: "unknown", path: [field, index] }
          : { kind: "unseen", named: `the inline policy ${name}` },
      ),
    ];
  });
}
