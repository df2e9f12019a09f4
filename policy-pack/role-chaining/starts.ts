import { federatedProviders, isSaml } from "../decide/federation";
import type { Document } from "../decide/document";
import { anyMfa } from "../decide/mfa";
import { whoMayAssume } from "../decide/trust";
import type { Identities } from "../identities/gather";
import { permissionSetArn } from "../identities/holders";
import type { Identity } from "../identities/identity";
import type { Organisation } from "../organisation/organisation";
import { partitionOf } from "../resources/account";
import type { Resource } from "../resources/resource";
import type { ChatChannels } from "./chat-channels";
import { permissionSetRole, powerRole, type Place } from "./people-roles";
import { once, type RoleNode, type StackRole } from "./role-node";
import type { StepVerdict } from "./service-step";
import { strengthOf } from "./strength";

/** A role that people have. */
export interface Start {
  readonly role: RoleNode;
  /** Why it is not certain that they do. */
  readonly doubt: string | undefined;
}

/** Where chains of roles begin. */
export function startsOf(
  { permissionSets }: Pick<Identities, "permissionSets">,
  targets: readonly StackRole[],
  resources: readonly Resource[],
  chats: ChatChannels,
  organisation: Organisation,
): readonly Start[] {
  const places = placesOf(targets, organisation);
  return [
    ...[
      ...powerRoles(places, targets, organisation),
      ...ofPermissionSets(permissionSets, places, resources, organisation),
      ...chats.nodes,
    ].map((role) => ({ role, doubt: undefined })),
    ...takenByPeople(targets, organisation),
  ];
}

/** All accounts that the config or the stack has, those too that do not show. */
function placesOf(
  targets: readonly StackRole[],
  { accounts }: Organisation,
): readonly Place[] {
  // A stack has one: no role trusts across partitions.
  const partition =
    targets
      .map(({ trust }) => partitionOf(trust.resource))
      .find((one) => one !== "aws") ?? "aws";
  const known = accounts.map((account) => ({ account, home: account }));
  const places = new Map(
    [...known, ...targets].map(({ account, home }) => [
      home,
      { account, home, partition },
    ]),
  );
  return [...places.values()];
}

/** People hold them in every known account; the stack's own are judged by what they hold. */
const powerRoles = (
  places: readonly Place[],
  targets: readonly StackRole[],
  { powerRoles: names }: Organisation,
): readonly RoleNode[] =>
  places
    .flatMap((place) =>
      names.map((name) => ({ name, role: powerRole(name, place) })),
    )
    .filter(
      ({ name, role: { arn, home } }) =>
        !targets.some(
          (one) =>
            one.doubt === undefined &&
            (arn === undefined
              ? one.identity.name === name && one.home === home
              : one.arn === arn),
        ),
    )
    .map(({ role }) => role);

/** In the accounts that the stack assigns them to; one that it does not assign may be anywhere. */
const ofPermissionSets = (
  sets: readonly Identity[],
  places: readonly Place[],
  resources: readonly Resource[],
  organisation: Organisation,
): readonly RoleNode[] => {
  const assignments = resources.filter(({ type }) => assigning.has(type));
  return sets.flatMap((set) => {
    const strength = once(() => strengthOf(set, organisation));
    const accounts = assignments
      .filter((one) => isOf(one, set))
      .map(({ inputs }) => inputs["targetId"]);
    const isEverywhere =
      accounts.length === 0 || accounts.some((one) => typeof one !== "string");
    return places
      .filter(
        ({ account }) =>
          isEverywhere || account === undefined || accounts.includes(account),
      )
      .map((place) => permissionSetRole(set, place, strength));
  });
};

const assigning = new Set([
  "aws:ssoadmin/accountAssignment:AccountAssignment",
  "aws-native:sso:Assignment",
]);

/** Whether it assigns the permission set, or may do so. */
function isOf(
  { inputs, propertyDependencies }: Resource,
  { resource, name }: Identity,
): boolean {
  const named = inputs["permissionSetArn"];
  if (resource === undefined) return named === name;
  const own = permissionSetArn(resource);
  if (typeof named === "string" && own !== undefined) return named === own;
  const sources = propertyDependencies["permissionSetArn"] ?? [];
  return typeof named !== "string" && sources.length === 0
    ? true
    : sources.includes(resource.urn);
}

/** Most of the stack's roles of people have the same trust policy, which is one object then. */
function takenByPeople(
  targets: readonly StackRole[],
  organisation: Organisation,
): readonly Start[] {
  const asked = new Map(
    [...new Set(targets.map(({ trust }) => trust.document))].map(
      (document) => [document, peopleMayTake(document, organisation)] as const,
    ),
  );
  return targets.flatMap((role) => {
    const verdict = asked.get(role.trust.document);
    if (verdict === undefined || verdict.answer === "closed") return [];
    const doubt =
      verdict.answer === "undecided"
        ? `whether people take ${role.label}: ${verdict.why}`
        : undefined;
    return [{ role, doubt }];
  });
}

const peopleMayTake = (
  trust: Document,
  { bastionAccountId }: Organisation,
): StepVerdict =>
  // People of another directory sign in by SAML; who comes with an OIDC token is a program.
  federatedProviders(trust).some(isSaml)
    ? { answer: "open" }
    : whoMayAssume(trust, {
        counts: ({ caller }) =>
          caller.kind === "user" && caller.account === bastionAccountId,
        mfa: [anyMfa],
        accounts: [bastionAccountId],
      });
