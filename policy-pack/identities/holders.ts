import { areInTwoAccounts, isInAccountOf } from "../resources/account";
import { knownText, type Resource } from "../resources/resource";
import { externalKey } from "./external-identities";
import { holderForms, type HolderKind } from "./forms";
import { grouped } from "./grouped";
import type { Holder, Reference } from "./holder";
import { dependsOn, resolve } from "./references";

/** What is the same of two references to one user, group or role; undefined: nobody can tell. */
export function keyOf(
  reference: Reference,
  resource: Resource,
): Holder | string | undefined {
  switch (reference.kind) {
    case "holder":
      return reference.holder;
    case "external":
      return externalKey(reference.name, resource);
    case "unknown":
      return undefined;
  }
}

/** What a resource says of some user, group or role. */
export interface Named {
  readonly resource: Resource;
  readonly to: Reference;
}

/** Whether both name the same one, or the first may do so by a value that is not known yet. */
export const mayName = (one: Named, other: Named): boolean =>
  one.to.kind === "unknown"
    ? other.to.kind === "holder" &&
      dependsOn(one.resource, other.to.holder.resource)
    : keyOf(one.to, one.resource) === keyOf(other.to, other.resource);

/** What resources name it by: its name; a permission set its ARN. */
const nameFor = ({ kind, name, resource }: Holder): string | undefined =>
  kind === "permission set" ? permissionSetArn(resource) : name;

/** `aws-native` calls it otherwise. */
export const permissionSetArn = (set: Resource): string | undefined =>
  knownText(set, "arn") ?? knownText(set, "permissionSetArn");

/** The users, groups and roles of a stack, found by the names that resources have for them. */
export class Holders {
  readonly all: readonly Holder[];
  private readonly byKind: ReadonlyMap<HolderKind, readonly Holder[]>;
  private readonly byKindAndName: ReadonlyMap<string, readonly Holder[]>;
  private readonly byUrn: ReadonlyMap<string, Holder>;

  constructor(resources: readonly Resource[]) {
    this.all = resources.flatMap((resource) => {
      const form = holderForms.get(resource.type);
      if (form === undefined) return [];
      const name = knownText(resource, form.name);
      return [{ kind: form.kind, form, resource, name }];
    });
    this.byKind = grouped(this.all, ({ kind }) => kind);
    this.byKindAndName = grouped(this.all, (holder) => {
      const name = nameFor(holder);
      return name === undefined ? undefined : `${holder.kind} ${name}`;
    });
    this.byUrn = new Map(this.all.map((one) => [one.resource.urn, one]));
  }

  ofKind(kind: HolderKind): readonly Holder[] {
    return this.byKind.get(kind) ?? [];
  }

  /** The resource itself, which has to be one of them. */
  at(resource: Resource): Reference {
    const holder = this.byUrn.get(resource.urn);
    return holder === undefined
      ? { kind: "external", name: resource.name }
      : { kind: "holder", holder };
  }

  /** @param property one name, or a list of them */
  namedBy(
    resource: Resource,
    property: string,
    kind: HolderKind,
  ): readonly Reference[] {
    return resolve<Holder, Reference>(resource, property, {
      candidate: (urn) => {
        const holder = this.byUrn.get(urn);
        return holder?.kind === kind ? holder : undefined;
      },
      isNamed: (holder, name) => nameFor(holder) === name,
      byValue: (name) => this.byName(resource, name, kind),
      byCandidate: (holder) => ({ kind: "holder", holder }),
      unknown: (path) => ({ kind: "unknown", path }),
    });
  }

  /** Accounts may have holders of the same name: the one in the resource's own account counts. */
  private byName(
    resource: Resource,
    name: unknown,
    kind: HolderKind,
  ): Reference {
    // What is no text is no name either; the provider refuses it.
    if (typeof name !== "string") return { kind: "external", name: "?" };
    const candidates = (this.byKindAndName.get(`${kind} ${name}`) ?? []).filter(
      (holder) => !areInTwoAccounts(holder.resource, resource),
    );
    const own = candidates.find((holder) =>
      isInAccountOf(holder.resource, resource),
    );
    const holder = own ?? (candidates.length === 1 ? candidates[0] : undefined);
    if (holder !== undefined) return { kind: "holder", holder };
    return { kind: "external", name };
  }
}
