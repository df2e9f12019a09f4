import { accountKey } from "../resources/account";
import { factOf, type Resource } from "../resources/resource";
import type { Path } from "../resources/path";
import { isUnknown } from "../resources/unknown";
import { holderForms, type HolderForm, type HolderKind } from "./forms";

/** A user, group or role of the stack. */
export interface Holder {
  readonly kind: HolderKind;
  readonly form: HolderForm;
  readonly resource: Resource;
  readonly name: string | undefined;
}

/** Whom a property of some resource names. */
export type Reference =
  | { readonly kind: "holder"; readonly holder: Holder }
  | { readonly kind: "elsewhere"; readonly name: string }
  | { readonly kind: "unknown"; readonly path: Path };

/** The users, groups and roles of a stack, found by the names that resources have for them. */
export class Holders {
  readonly all: readonly Holder[];

  constructor(resources: readonly Resource[]) {
    this.all = resources.flatMap((resource) => {
      const form = holderForms.get(resource.type);
      if (form === undefined) return [];
      const name = factOf(resource, form.name);
      return [
        {
          kind: form.kind,
          form,
          resource,
          name: typeof name === "string" && !isUnknown(name) ? name : undefined,
        },
      ];
    });
  }

  /** The resource itself, which has to be one of them. */
  at(resource: Resource): Reference {
    const holder = this.all.find((one) => one.resource === resource);
    return holder === undefined
      ? { kind: "elsewhere", name: resource.name }
      : { kind: "holder", holder };
  }

  /** @param property one name, or a list of them */
  namedBy(
    resource: Resource,
    property: string,
    kind: HolderKind,
  ): readonly Reference[] {
    const value = resource.inputs[property];
    if (value === undefined || value === null) return [];
    const sources = resource.propertyDependencies[property] ?? [];
    if (isUnknown(value)) return this.behind(sources, kind, [property]);
    if (!Array.isArray(value)) return [this.byName(resource, value, kind)];
    const entries = value as readonly unknown[];
    const known = entries.filter((one) => !isUnknown(one));
    const unknown = entries.findIndex(isUnknown);
    return [
      ...known.map((name) => this.byName(resource, name, kind)),
      ...(unknown < 0 ? [] : this.behind(sources, kind, [property, unknown])),
    ];
  }

  private behind(
    sources: readonly string[],
    kind: HolderKind,
    path: Path,
  ): readonly Reference[] {
    const found = this.all.filter(
      (holder) => holder.kind === kind && sources.includes(holder.resource.urn),
    );
    return found.length === 0
      ? [{ kind: "unknown", path }]
      : found.map((holder) => ({ kind: "holder", holder }));
  }

  /** Accounts may have holders of the same name: the one in the resource's own account counts. */
  private byName(
    resource: Resource,
    name: unknown,
    kind: HolderKind,
  ): Reference {
    const candidates = this.all.filter(
      (holder) => holder.kind === kind && holder.name === name,
    );
    const own = candidates.find(
      (holder) => accountKey(holder.resource) === accountKey(resource),
    );
    const holder = own ?? (candidates.length === 1 ? candidates[0] : undefined);
    return holder === undefined
      ? { kind: "elsewhere", name: String(name) }
      : { kind: "holder", holder };
  }
}
