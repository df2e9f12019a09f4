import { isPlainObject } from "../resources/plain-object";
import { fieldOf, type Path } from "../resources/path";
import type { Resource } from "../resources/resource";
import { isUnknown, pathToUnknown } from "../resources/unknown";
import { holderForms } from "./forms";
import type { Holder } from "./holder";
import type { HeldPolicy } from "./identity";
import type { ManagedPolicies } from "./managed-policies";
import type { ExclusiveList, PolicyGrant } from "./policy-grant";
import { listOf } from "./policy-grants";
import { contentOf } from "./read";

/** The policies that stand in the user, group or role itself. */
export function ownGrant(
  holder: Holder,
  managed: ManagedPolicies,
): PolicyGrant {
  const { kind, form, resource } = holder;
  const inline = inlinePolicies(holder);
  const attached = [form.managed, form.managedByName].flatMap((field) =>
    field === undefined ? [] : managed.namedBy(resource, field),
  );
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

const inlinePolicies = ({ resource }: Holder): readonly HeldPolicy[] =>
  inlineDocuments(resource).map(({ path, value, name }) => ({
    resource,
    field: fieldOf(path),
    content: contentOf(value, path),
    form: "inline",
    name,
  }));

/** A document in a resource's list of inline policies; or what is not known yet instead of it. */
export interface InlineDocument {
  readonly path: Path;
  readonly value: unknown;
  /** undefined: not known. */
  readonly name: string | undefined;
}

export function inlineDocuments({
  type,
  inputs,
}: Resource): readonly InlineDocument[] {
  const { inline, document: only } = holderForms.get(type) ?? {};
  if (only !== undefined && inputs[only] !== undefined) {
    return [{ path: [only], value: inputs[only], name: undefined }];
  }
  if (inline === undefined) return [];
  const { list, document, name: nameField } = inline;
  const entries = inputs[list];
  const unless = (path: Path, value: unknown): readonly InlineDocument[] =>
    pathToUnknown(value) === undefined
      ? []
      : [{ path, value, name: undefined }];
  if (!Array.isArray(entries)) return unless([list], entries);
  return (entries as readonly unknown[]).flatMap(
    (entry, index): readonly InlineDocument[] => {
      if (!isPlainObject(entry) || isUnknown(entry)) {
        return unless([list, index], entry);
      }
      // The provider reads `inlinePolicies: [{}]` as "none, and remove all others".
      const value = entry[document];
      if (value === undefined) return [];
      const name = entry[nameField];
      return [
        {
          path: [list, index, document],
          value,
          name: typeof name === "string" ? name : undefined,
        },
      ];
    },
  );
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
