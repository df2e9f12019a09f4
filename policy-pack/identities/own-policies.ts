import { isPlainObject } from "../resources/plain-object";
import { fieldOf } from "../resources/path";
import { isUnknown } from "../resources/unknown";
import { listOf, type ExclusiveList, type Grant } from "./grants";
import type { Holder } from "./holders";
import type { HeldPolicy, PolicyContent } from "./identity";
import { isKnownText } from "./inline-names";
import type { ManagedPolicies } from "./managed-policies";
import { contentOf } from "./read";

/** The policies that stand in the user, group or role itself. */
export function ownGrant(holder: Holder, managed: ManagedPolicies): Grant {
  const { kind, form, resource } = holder;
  const inline = inlinePolicies(holder);
  const attached =
    form.managed === undefined ? [] : managed.namedBy(resource, form.managed);
  return {
    kind,
    resource,
    to: { kind: "holder", holder },
    policies: [...inline, ...attached],
    lists: form.isExclusive === true ? listsOf(holder, inline, attached) : [],
  };
}

/** The provider reads an empty list of ARNs as "none", but one of inline policies as no list. */
function listsOf(
  { form, resource: { inputs } }: Holder,
  inline: readonly HeldPolicy[],
  attached: readonly HeldPolicy[],
): readonly ExclusiveList[] {
  const ofInline = inputs[form.inline?.list ?? ""];
  const ofManaged = inputs[form.managed ?? ""];
  const isInline = Array.isArray(ofInline)
    ? ofInline.length > 0
    : isUnknown(ofInline);
  const isManaged = Array.isArray(ofManaged) || isUnknown(ofManaged);
  return [
    ...(isInline ? [listOf("inline", inline)] : []),
    ...(isManaged ? [listOf("managed", attached)] : []),
  ];
}

function inlinePolicies({ form, resource }: Holder): readonly HeldPolicy[] {
  const { inline } = form;
  if (inline === undefined) return [];
  const { list, document, name: nameField } = inline;
  const value = resource.inputs[list];
  const held = (
    field: string,
    content: PolicyContent,
    name?: string,
  ): HeldPolicy => ({ resource, field, content, form: "inline", name });
  if (isUnknown(value)) {
    return [held(list, { kind: "unknown", path: [list] })];
  }
  if (!Array.isArray(value)) return [];
  return (value as readonly unknown[]).flatMap((entry, index): HeldPolicy[] => {
    const path = [list, index, document];
    const field = fieldOf(path);
    if (isUnknown(entry)) {
      return [held(field, { kind: "unknown", path: [list, index] })];
    }
    // The provider reads `inlinePolicies: [{}]` as "none, and remove all others".
    if (!isPlainObject(entry) || entry[document] === undefined) return [];
    const name = entry[nameField];
    return [
      held(
        field,
        contentOf(entry[document], path),
        isKnownText(name) ? name : undefined,
      ),
    ];
  });
}

/** An unknown boundary only takes away: what is allowed within all of it is decided without it. */
export function boundaryOf(
  { form, resource }: Holder,
  managed: ManagedPolicies,
): HeldPolicy | undefined {
  const { boundary: field } = form;
  if (field === undefined || resource.inputs[field] === "") return undefined;
  return managed.namedBy(resource, field)[0];
}
