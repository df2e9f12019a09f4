import { accountKey, accountOf } from "../resources/account";
import { withWildcards } from "../resources/contained/made";
import type { Path } from "../resources/path";
import { placesOf } from "../resources/places";
import { isPlainObject } from "../resources/plain-object";
import { knownText, type Resource } from "../resources/resource";
import { structuredText } from "../resources/structured";
import { isUnknown, partsOf, pathToUnknown } from "../resources/unknown";
import type { UnknownValue } from "../resources/unknown-value";
import {
  carrierForms,
  roleSourceForms,
  type CarrierForm,
  type Named,
} from "./carrier-forms";
import { instanceForms } from "./instance-forms";
import { jobForms } from "./job-forms";
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
  /** Whether it is what the resource starts. */
  readonly isStarted: boolean;
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
    name(form.kind, resource, meantBy(resource, form, "role", named));
  }
  return resources.flatMap((resource) =>
    formsOf(resource).flatMap((form) => {
      const { named: what = "role", starts: isStarted = false } = form;
      const kinds = kindsOf(form, resource);
      const told = isStarted ? undefined : knownText(resource, "arn");
      const account = accountOf(resource);
      const arns = arnsOf(form, told ?? arnLike(form.arn, resource, account));
      return meantBy(resource, form, what, named).flatMap((one) => {
        const isRole = "trust" in one;
        return kinds.flatMap(({ kind, unknown }) =>
          arns.map((arn): Carrier => ({
            kind,
            resource,
            role: isRole ? one : undefined,
            unknown: isRole ? unknown : one,
            arn,
            isStarted,
            account,
          })),
        );
      });
    }),
  );
}

function formsOf({ type }: Resource): readonly CarrierForm[] {
  const own = carrierForms.get(type);
  const several = instanceForms.get(type) ?? jobForms.get(type) ?? [];
  return own === undefined ? several : [own, ...several];
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

const arnsOf = (
  { hasRevisions }: CarrierForm,
  arn: string,
): readonly string[] =>
  hasRevisions === undefined
    ? [arn]
    : [withoutRevision(arn), `${withoutRevision(arn)}:?*`];

const arnLike = (
  arn: string,
  resource: Resource,
  account: string | undefined,
): string =>
  arn
    .replace(
      /^((?:[^:]*:){4})\*:/,
      (_, start: string) => `${start}${account ?? "*"}:`,
    )
    .replace("{name}", () => withWildcards(nameOf(resource) ?? "?*"));

const nameOf = (resource: Resource): string | undefined =>
  [
    "name",
    "roleName",
    "functionName",
    "instanceProfileName",
    "family",
    "jobDefinitionName",
  ]
    .map((property) => knownText(resource, property))
    .find((one) => one !== undefined);

/** By its URN and its ARN; by its name, which others in its account do not have. */
function namesOf(what: Named, resource: Resource): readonly string[] {
  const [arn, name] = [knownText(resource, "arn"), nameOf(resource)];
  return [
    byUrn(what, resource.urn),
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
  { role, setting }: Pick<CarrierForm, "role" | "setting">,
  what: Named,
  named: ReadonlyMap<string, readonly Meant[]>,
): readonly Meant[] {
  const { inputs, propertyDependencies } = resource;
  const [first = ""] = role.split(".");
  const values = placesOf(role, { [first]: readable(inputs[first]) }, (one) =>
    isSetting(one, setting),
  );
  const texts = values.flatMap(({ value }) => textsIn(value));
  const hidden = values.flatMap(({ value, path }): readonly Path[] => {
    const more = pathToUnknown(value);
    return more === undefined ? [] : [[...path, ...more]];
  })[0];
  const isTold = (one: string) => named.has(one);
  const sources = propertyDependencies[first] ?? [];
  const own = sources.map((one) => byUrn(what, one)).filter(isTold);
  // The name of what has the role may be made of the role's.
  const more =
    hidden !== undefined && own.length === 0
      ? sources.map((one) => byUrn("role", one)).filter(isTold)
      : own;
  const found = [...texts.flatMap(namesIn(resource, what)), ...more].flatMap(
    (one) => named.get(one) ?? [],
  );
  return [
    ...new Set(found),
    ...(hidden !== undefined && more.length === 0
      ? [{ resource, path: hidden }]
      : []),
  ];
}

/** Some properties are JSON in a text, which the provider reads in any case of its keys. */
const readable = (value: unknown): unknown =>
  typeof value === "string" ? inOneCase(structuredText(value) ?? value) : value;

function inOneCase(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOneCase);
  return isPlainObject(value)
    ? Object.fromEntries(
        Object.entries(value).map(([key, inside]) => [
          `${key.slice(0, 1).toLowerCase()}${key.slice(1)}`,
          inOneCase(inside),
        ]),
      )
    : value;
}

/** Whether it is the setting of that name, or may be. */
const isSetting = (value: unknown, name: string | undefined): boolean =>
  name === undefined ||
  isUnknown(value) ||
  partsOf(value).some(([, one]) => one === name);

const namesIn = (resource: Resource, what: Named) => (text: string) => [
  withoutRevision(text),
  inAccount(what, resource, text.slice(text.lastIndexOf("/") + 1)),
];

const byUrn = (what: Named, urn: string): string => `${what}: ${urn}`;

const inAccount = (what: Named, resource: Resource, name: string): string =>
  `${what} of ${accountKey(resource)}: ${withoutRevision(name)}`;

/** Of a task or job definition. */
const withoutRevision = (text: string): string => text.replace(/:\d+$/, "");

const textsIn = (value: unknown): readonly string[] =>
  typeof value === "string"
    ? [value]
    : partsOf(value).flatMap(([, inside]) => textsIn(inside));
