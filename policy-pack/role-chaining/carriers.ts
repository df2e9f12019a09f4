import { accountKey, accountOf } from "../resources/account";
import { withWildcards } from "../resources/contained/made";
import { valueAt } from "../resources/path";
import { knownText, type Resource } from "../resources/resource";
import { isUnknown, partsOf, pathToUnknown } from "../resources/unknown";
import type { UnknownValue } from "../resources/unknown-value";
import {
  carrierForms,
  roleSourceForms,
  type CarrierForm,
  type Named,
} from "./carrier-forms";
import type { StackRole } from "./role-node";

/** Something of the stack that runs with a role. */
export interface Carrier {
  /** In the words of the escalation paths. */
  readonly kind: string;
  readonly resource: Resource;
  /** Of the stack; undefined: nobody knows yet which one. */
  readonly role: StackRole | undefined;
  /** What has to be known before it is certain that it runs with the role. */
  readonly unknown: UnknownValue | undefined;
  /** With wildcards for what is not known. */
  readonly arn: string;
  /** undefined: which account it stands in does not show. */
  readonly account: string | undefined;
}

/** A role of the stack, or a value that may name one. */
type Meant = StackRole | UnknownValue;

/** What of the stack runs with one of its roles, or may do so. */
export function carriersOf(
  resources: readonly Resource[],
  roles: readonly StackRole[],
): readonly Carrier[] {
  const named = new Map<string, readonly Meant[]>();
  const name = (what: Named, resource: Resource, meant: readonly Meant[]) => {
    for (const one of namesOf(what, resource)) {
      named.set(one, [...(named.get(one) ?? []), ...meant]);
    }
  };
  for (const role of roles) name("role", role.trust.resource, [role]);
  for (const resource of resources) {
    const form = roleSourceForms.get(resource.type);
    if (form === undefined) continue;
    name(form.kind, resource, meantBy(resource, form.role, "role", named));
  }
  return resources.flatMap((resource) => {
    const form = carrierForms.get(resource.type);
    if (form === undefined) return [];
    const { role, named: what = "role" } = form;
    const kinds = kindsOf(form, resource);
    return meantBy(resource, role, what, named).flatMap((one) => {
      const isRole = "trust" in one;
      return kinds.map(({ kind, unknown }): Carrier => ({
        kind,
        resource,
        role: isRole ? one : undefined,
        unknown: isRole ? unknown : one,
        arn: knownText(resource, "arn") ?? arnLike(form.arn, resource),
        account: accountOf(resource),
      }));
    });
  });
}

/** What it is in the words of the escalation paths, and what has to be known before that is certain. */
function kindsOf(
  { kind, where }: CarrierForm,
  resource: Resource,
): readonly Pick<Carrier, "kind" | "unknown">[] {
  const own = { kind, unknown: undefined };
  const isOn = where && resource.inputs[where.property];
  if (where === undefined || (isOn !== true && !isUnknown(isOn))) return [own];
  const unknown = isUnknown(isOn)
    ? { resource, path: [where.property] }
    : undefined;
  return [own, { kind: where.kind, unknown }];
}

const arnLike = (arn: string, resource: Resource): string =>
  arn.replace("{name}", withWildcards(nameOf(resource) ?? "?*"));

const nameOf = (resource: Resource): string | undefined =>
  ["name", "roleName", "functionName", "instanceProfileName", "family"]
    .map((property) => knownText(resource, property))
    .find((one) => one !== undefined);

/** By its URN and its ARN; by its name, which others in its account do not have. */
function namesOf(what: Named, resource: Resource): readonly string[] {
  const [arn, name] = [knownText(resource, "arn"), nameOf(resource)];
  return [
    resource.urn,
    ...(arn === undefined ? [] : [withoutRevision(arn)]),
    ...(name === undefined ? [] : [inAccount(what, resource, name)]),
  ];
}

/**
 * All that a property may mean, by whatever it says, and by what its value comes from. Where neither
 * tells, the value itself.
 */
function meantBy(
  resource: Resource,
  property: string,
  what: Named,
  named: ReadonlyMap<string, readonly Meant[]>,
): readonly Meant[] {
  const [first = "", ...inside] = property.split(".");
  const sources = resource.propertyDependencies[first] ?? [];
  const path = pathOf(resource, [first, ...inside]);
  const texts = textsIn(valueAt(resource.inputs, path));
  const found = [...texts.flatMap(namesIn(resource, what)), ...sources].flatMap(
    (one) => named.get(one) ?? [],
  );
  const more = pathToUnknown(valueAt(resource.inputs, path));
  const isHidden = more !== undefined && !sources.some((one) => named.has(one));
  return [
    ...new Set(found),
    ...(isHidden ? [{ resource, path: [...path, ...more] }] : []),
  ];
}

/** As far as a value is known. */
const pathOf = (
  { inputs }: Resource,
  path: readonly string[],
): readonly string[] => {
  const end = path.findIndex((_, index) =>
    isUnknown(valueAt(inputs, path.slice(0, index + 1))),
  );
  return end < 0 ? path : path.slice(0, end + 1);
};

const namesIn = (resource: Resource, what: Named) => (text: string) => [
  withoutRevision(text),
  inAccount(what, resource, text.slice(text.lastIndexOf("/") + 1)),
];

const inAccount = (what: Named, resource: Resource, name: string): string =>
  `${what} of ${accountKey(resource)}: ${withoutRevision(name)}`;

/** Of a task definition. */
const withoutRevision = (text: string): string => text.replace(/:\d+$/, "");

const textsIn = (value: unknown): readonly string[] =>
  typeof value === "string"
    ? [value]
    : partsOf(value).flatMap(([, inside]) => textsIn(inside));
