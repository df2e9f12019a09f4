import { accountKey } from "../resources/account";
import { withWildcards } from "../resources/contained/made";
import { knownText, type Resource } from "../resources/resource";
import { partsOf } from "../resources/unknown";
import { carrierForms, roleSourceForms, type Named } from "./carrier-forms";
import type { StackRole } from "./role-node";

/** Something of the stack that runs with a role. */
export interface Carrier {
  /** In the words of the escalation paths. */
  readonly kind: string;
  readonly resource: Resource;
  readonly role: StackRole;
  /** With wildcards for what is not known. */
  readonly arn: string;
}

/** What of the stack runs with one of its roles. */
export function carriersOf(
  resources: readonly Resource[],
  roles: readonly StackRole[],
): readonly Carrier[] {
  const named = new Map<string, StackRole>();
  const name = (what: Named, resource: Resource, role: StackRole) => {
    for (const one of namesOf(what, resource)) named.set(one, role);
  };
  for (const role of roles) name("role", role.trust.resource, role);
  const rolesIn = (resource: Resource, property: string, what: Named) =>
    new Set(
      namedBy(resource, property, what).flatMap((one) => named.get(one) ?? []),
    );
  for (const resource of resources) {
    const form = roleSourceForms.get(resource.type);
    if (form === undefined) continue;
    for (const role of rolesIn(resource, form.role, "role")) {
      name(form.kind, resource, role);
    }
  }
  return resources.flatMap((resource) => {
    const form = carrierForms.get(resource.type);
    if (form === undefined || form.runs?.(resource) === false) return [];
    const { kind, role, named: what = "role" } = form;
    const arn = knownText(resource, "arn") ?? arnLike(form.arn, resource);
    return [...rolesIn(resource, role, what)].map((one) => ({
      kind,
      resource,
      role: one,
      arn,
    }));
  });
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

/** All that a property may mean, by whatever it says, and by what its value comes from. */
const namedBy = (
  resource: Resource,
  property: string,
  what: Named,
): readonly string[] => [
  ...textsIn(resource.inputs[property]).flatMap((text) => [
    withoutRevision(text),
    inAccount(what, resource, text.slice(text.lastIndexOf("/") + 1)),
  ]),
  ...(resource.propertyDependencies[property] ?? []),
];

const inAccount = (what: Named, resource: Resource, name: string): string =>
  `${what} of ${accountKey(resource)}: ${withoutRevision(name)}`;

/** Of a task definition. */
const withoutRevision = (text: string): string => text.replace(/:\d+$/, "");

const textsIn = (value: unknown): readonly string[] =>
  typeof value === "string"
    ? [value]
    : partsOf(value).flatMap(([, inside]) => textsIn(inside));
