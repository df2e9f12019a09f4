import {
  consoleOnlyGroup,
  everybodysGroup,
  groupPolicies,
  helpDeskRole,
  pipelineRoles,
  teamOfGroup,
} from "../../../infra/names";
import type { Dependencies, StateResource } from "./dependencies";

/**
 * What has to come first and go last, whatever the engine does at once. Each is here once; all that the
 * components order by `dependsOn` for safety's sake is one of these.
 */
export interface RequiredOrder {
  /** As a sentence: this before that. */
  readonly name: string;
  readonly first: Kind;
  readonly then: Kind;
  /** Which of them belong together; left out: all. */
  readonly together?: Together;
}

type Together = (first: StateResource, then: StateResource) => boolean;

type Kind = (resource: StateResource) => boolean;

const ofType =
  (type: string, also: Kind = () => true): Kind =>
  (resource) =>
    resource.type.endsWith(`:${type}`) && also(resource);

const input = ({ inputs = {} }: StateResource, name: string): string =>
  String(inputs[name]);

const either =
  (...kinds: readonly Kind[]): Kind =>
  (resource) =>
    kinds.some((kind) => kind(resource));

const both =
  (one: Kind, other: Kind): Kind =>
  (resource) =>
    one(resource) && other(resource);
const not =
  (kind: Kind): Kind =>
  (resource) =>
    !kind(resource);

const named =
  (key: string, is: (name: string) => boolean): Kind =>
  (resource) =>
    is(input(resource, key));
const is = (name: string) => (other: string) => other === name;
const isTeam = (group: string) => teamOfGroup(group) !== undefined;

const sameInput =
  (key: string, otherKey = key): Together =>
  (first, then) =>
    input(first, key) === input(then, otherKey);

const denies: Kind = (resource) =>
  input(resource, "policy").includes('"Effect":"Deny"');

const groupPolicy = ofType("GroupPolicy");
const groupAttachment = ofType("GroupPolicyAttachment");
const membership = ofType("GroupMembership");
const membershipOf = (isIt: (group: string) => boolean): Kind =>
  both(membership, named("group", isIt));
const rolePolicy = ofType("RolePolicy");
const roleAttachment = ofType("RolePolicyAttachment");
const role = ofType("Role");
const isPipelineRole: Kind = named("name", (name) =>
  Object.values<string>(pipelineRoles).includes(name),
);
const boundary = ofType(
  "Policy",
  named("name", (name) => /^pipeline-(user|role)-boundary$/.test(name)),
);
const bounded = either(ofType("User"), both(role, not(isPipelineRole)));

export const requiredOrders: readonly RequiredOrder[] = [
  {
    name: "what a group says, before anybody is in it",
    first: either(groupPolicy, groupAttachment),
    then: membership,
    together: sameInput("group"),
  },
  {
    name: "a group's managed policies, before the inline ones they take over from",
    first: groupAttachment,
    then: groupPolicy,
    together: sameInput("group"),
  },
  {
    name: "the guard, before what else the group of all users says",
    first: both(groupPolicy, named("name", is(groupPolicies.mfaGuard))),
    then: both(groupPolicy, not(denies)),
    together: sameInput("group"),
  },
  {
    name: "who is of the console alone, before who does things for themselves",
    first: membershipOf(is(consoleOnlyGroup)),
    then: membershipOf(is(everybodysGroup)),
  },
  {
    name: "who is in the group of all users, before who is in a team",
    first: membershipOf(is(everybodysGroup)),
    then: membershipOf(isTeam),
  },
  {
    name: "who is of the console alone, before who is in a team",
    first: membershipOf(is(consoleOnlyGroup)),
    then: membershipOf(isTeam),
  },
  {
    name: "whom a role lets in, before what it may do",
    first: role,
    then: either(rolePolicy, roleAttachment),
    together: sameInput("name", "role"),
  },
  {
    name: "what a role is denied, before what else it may do",
    first: both(rolePolicy, denies),
    then: either(both(rolePolicy, not(denies)), roleAttachment),
    together: sameInput("role"),
  },
  {
    name: "policies that come, before those that go",
    first: either(rolePolicy, roleAttachment),
    then: either(
      ofType("RolePoliciesExclusive"),
      ofType("RolePolicyAttachmentsExclusive"),
    ),
    together: sameInput("role", "roleName"),
  },
  {
    name: "a role's managed policies go, before its inline ones, which deny",
    first: ofType("RolePolicyAttachmentsExclusive"),
    then: ofType("RolePoliciesExclusive"),
    together: sameInput("roleName"),
  },
  {
    name: "a group's managed policies go, before its inline ones, which deny",
    first: ofType("GroupPolicyAttachmentsExclusive"),
    then: ofType("GroupPoliciesExclusive"),
    together: sameInput("groupName"),
  },
  {
    name: "what bounds users and roles, before who is bounded",
    first: boundary,
    then: bounded,
  },
  {
    name: "who is bounded, before the pipeline that writes them",
    first: bounded,
    then: both(role, isPipelineRole),
  },
  {
    name: "whose tokens are taken, before the roles that take them",
    first: ofType("OpenIdConnectProvider"),
    then: role,
    together: (provider, { inputs = {} }) =>
      String(inputs["assumeRolePolicy"]).includes(
        `oidc-provider/${input(provider, "url").replace("https://", "")}"`,
      ),
  },
  {
    name: "who may be helped and what is closed to them, before the help desk",
    first: either(ofType("User"), groupPolicy, membership),
    then: both(role, named("name", is(helpDeskRole))),
  },
];

/** Pairs in one account that the engine may change in the wrong order, as text; and how many there are of each. */
export function missingOrders(graph: Dependencies): {
  readonly missing: readonly string[];
  readonly pairs: ReadonlyMap<string, number>;
} {
  const missing: string[] = [];
  const pairs = new Map<string, number>();
  for (const { name, first, then, together = () => true } of requiredOrders) {
    const firsts = graph.resources.filter(first);
    const thens = graph.resources.filter(then);
    const all = firsts.flatMap((one) =>
      thens
        .filter(({ provider }) => provider === one.provider)
        .filter((other) => other !== one && together(one, other))
        .map((other) => ({ one, other })),
    );
    pairs.set(name, all.length);
    missing.push(
      ...all
        .filter(({ one, other }) => !graph.isAfter(other, one))
        .map(({ one, other }) => `${name}: ${one.urn} → ${other.urn}`),
    );
  }
  return { missing, pairs };
}
