import { isPlainObject } from "../resources/plain-object";
import { knownText, type Resource } from "../resources/resource";
import { pathToUnknown } from "../resources/unknown";
import { policyGrantForms, holderForms, type PolicyGrantForm } from "./forms";
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
  const form = policyGrantForms.get(type);
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
  { inlineNames: field }: PolicyGrantForm,
): readonly (readonly (string | undefined)[])[] {
  const names = field === undefined ? undefined : inputs[field];
  if (names === undefined || names === null) return [];
  const all: readonly unknown[] = Array.isArray(names) ? names : [names];
  return [all.map((name) => (typeof name === "string" ? name : undefined))];
}

/** Inline policies that a list names, though nothing in the stack says what they are. */
export function missingInline(
  resource: Resource,
  { holders: [holder], inlineNames: field }: PolicyGrantForm,
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
  if (!Array.isArray(names)) {
    const path = pathToUnknown(names);
    return path === undefined
      ? []
      : [missing({ kind: "unknown", path: [field, ...path] })];
  }
  const owner = holder === undefined ? undefined : resource.inputs[holder[1]];
  return (names as readonly unknown[]).flatMap((name, index): HeldPolicy[] => {
    const path = pathToUnknown(name);
    if (path !== undefined) {
      return [missing({ kind: "unknown", path: [field, index, ...path] })];
    }
    return typeof name !== "string" || inlineNames.has(inlineKey(owner, name))
      ? []
      : [missing({ kind: "unseen", named: `the inline policy ${name}` })];
  });
}
