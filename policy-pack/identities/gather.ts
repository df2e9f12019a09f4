import { accountOf } from "../resources/account";
import type { Resource } from "../resources/resource";
import {
  grantForms,
  holderForms,
  membershipForms,
  type HolderKind,
} from "./forms";
import { Holders, type Holder, type Reference } from "./holders";
import type { HeldPolicy, Identity, UnknownValue } from "./identity";
import { ManagedPolicies } from "./managed-policies";
import { ownPolicies, boundaryOf } from "./own-policies";
import { contentOf } from "./read";

/** All that a stack says about who may do what. */
export interface Identities {
  readonly users: readonly Identity[];
  readonly groups: readonly Identity[];
  readonly roles: readonly Identity[];
  /** Names that nobody knows yet: of the holder of a policy, or of a member. */
  readonly unknown: readonly UnknownValue[];
}

/** Puts together what stands in several resources but makes up one identity. */
export function gatherIdentities(resources: readonly Resource[]): Identities {
  const holders = new Holders(resources);
  const managed = new ManagedPolicies(resources);
  const inlineNames = new Set(resources.flatMap(inlineName));
  const grants = resources.flatMap((one) =>
    grantsOf(one, holders, managed, inlineNames),
  );
  const members = resources.flatMap((one) => membersOf(one, holders));
  const identity = (holder: Holder, groups: readonly Identity[]): Identity => ({
    kind: holder.kind,
    name: holder.name,
    account: accountOf(holder.resource),
    resource: holder.resource,
    policies: [
      ...ownPolicies(holder, managed),
      ...grants.flatMap(({ to, policies }) =>
        to.kind === "holder" && to.holder === holder ? policies : [],
      ),
    ],
    boundary: boundaryOf(holder, managed),
    groups,
  });
  const ofKind = (kind: HolderKind) =>
    holders.all.filter((holder) => holder.kind === kind);
  const groups = new Map(
    ofKind("group").map((holder) => [holder, identity(holder, [])]),
  );
  const groupsOf = (user: Holder): readonly Identity[] => [
    ...new Set(
      members
        .filter((one) => isReferenceTo(one.user, user))
        .flatMap(({ group }) => groupIdentity(group, groups)),
    ),
  ];
  const away = (kind: HolderKind) => elsewhere(kind, grants);
  return {
    users: [
      ...ofKind("user").map((user) => identity(user, groupsOf(user))),
      ...away("user"),
    ],
    groups: [...groups.values(), ...away("group")],
    roles: [
      ...ofKind("role").map((role) => identity(role, [])),
      ...away("role"),
    ],
    unknown: [
      ...grants.flatMap(({ to, resource }) => unknownValue(to, resource)),
      ...members.flatMap(({ user, group, resource }) => [
        ...unknownValue(user, resource),
        ...unknownValue(group, resource),
      ]),
    ],
  };
}

interface Grant {
  readonly kind: HolderKind;
  readonly resource: Resource;
  readonly to: Reference;
  readonly policies: readonly HeldPolicy[];
}

function grantsOf(
  resource: Resource,
  holders: Holders,
  managed: ManagedPolicies,
  inlineNames: ReadonlySet<unknown>,
): readonly Grant[] {
  const form = grantForms.get(resource.type);
  if (form === undefined) return [];
  const { document, managed: arns, inlineNames: names } = form;
  const policies = [
    ...(document === undefined
      ? []
      : [
          {
            resource,
            field: document,
            content: contentOf(resource.inputs[document], [document]),
          },
        ]),
    ...(arns === undefined
      ? []
      : managed
          .namedBy(resource, arns)
          .map((content) => ({ resource, field: arns, content }))),
    ...(names === undefined ? [] : missing(resource, names, inlineNames)),
  ];
  return form.holders.flatMap(([kind, property]) =>
    holders
      .namedBy(resource, property, kind)
      .map((to) => ({ kind, resource, to, policies })),
  );
}

/** The name of an inline policy that stands in the stack. */
function inlineName({ type, inputs }: Resource): readonly unknown[] {
  const form = grantForms.get(type);
  return form?.document === undefined || form.isManagedPolicy === true
    ? []
    : [inputs["name"] ?? inputs["policyName"]];
}

/** Inline policies that a list names, though nothing in the stack says what they are. */
function missing(
  resource: Resource,
  field: string,
  inlineNames: ReadonlySet<unknown>,
): readonly HeldPolicy[] {
  const names = resource.inputs[field];
  if (!Array.isArray(names)) return [];
  return (names as readonly unknown[])
    .filter((name) => typeof name === "string" && !inlineNames.has(name))
    .map((name) => ({
      resource,
      field,
      content: { kind: "unseen", named: `the inline policy ${String(name)}` },
    }));
}

interface Member {
  readonly resource: Resource;
  readonly user: Reference;
  readonly group: Reference;
}

function membersOf(resource: Resource, holders: Holders): readonly Member[] {
  const ownGroups = holderForms.get(resource.type)?.groups;
  if (ownGroups !== undefined) {
    const user = holders.at(resource);
    return holders
      .namedBy(resource, ownGroups, "group")
      .map((group) => ({ resource, user, group }));
  }
  const form = membershipForms.get(resource.type);
  if (form === undefined) return [];
  const users = holders.namedBy(resource, form.users, "user");
  const groups = holders.namedBy(resource, form.groups, "group");
  return users.flatMap((user) =>
    groups.map((group) => ({ resource, user, group })),
  );
}

const isReferenceTo = (reference: Reference, holder: Holder): boolean =>
  reference.kind === "holder" && reference.holder === holder;

function groupIdentity(
  group: Reference,
  known: ReadonlyMap<Holder, Identity>,
): readonly Identity[] {
  switch (group.kind) {
    case "holder": {
      const identity = known.get(group.holder);
      return identity === undefined ? [] : [identity];
    }
    case "elsewhere":
      return [standingElsewhere("group", group.name, [], undefined)];
    case "unknown":
      return [];
  }
}

/** Those whom this stack gives policies, though it does not make them. */
function elsewhere(
  kind: HolderKind,
  grants: readonly Grant[],
): readonly Identity[] {
  const byName = new Map<string, Grant[]>();
  for (const grant of grants) {
    if (grant.kind !== kind || grant.to.kind !== "elsewhere") continue;
    const { name } = grant.to;
    byName.set(name, [...(byName.get(name) ?? []), grant]);
  }
  return [...byName].map(([name, given]) =>
    standingElsewhere(
      kind,
      name,
      given.flatMap(({ policies }) => policies),
      given[0] === undefined ? undefined : accountOf(given[0].resource),
    ),
  );
}

const standingElsewhere = (
  kind: HolderKind,
  name: string,
  policies: readonly HeldPolicy[],
  account: string | undefined,
): Identity => ({
  kind,
  name,
  account,
  resource: undefined,
  policies,
  boundary: undefined,
  groups: [],
});

const unknownValue = (
  reference: Reference,
  resource: Resource,
): readonly UnknownValue[] =>
  reference.kind === "unknown" ? [{ resource, path: reference.path }] : [];
