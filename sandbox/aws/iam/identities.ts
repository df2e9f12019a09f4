import { alreadyExists, checkQuota, deleteConflict } from "../errors";
import type { Group } from "../model";
import { newIdentity } from "../new-identity";
import type {
  AlsoNeeded,
  Call,
  Operation,
  Operations,
  Result,
} from "../operation";
import { attachmentOperations } from "./attachments";
import { requestTags } from "../tags";
import { identityKeys, requestedBoundary } from "./condition-keys";
import { listed } from "./descriptions";
import {
  arnOf,
  mapOf,
  identityArn,
  newIdentityArn,
  type Identities,
  type Identity,
  type IdentityKind,
} from "./entities";
import { inlineOperations } from "./inline";
import type { Keyed } from "../paging";
import { listPage } from "./paging";
import { pathIn, underPrefix } from "./paths";
import { replacePrincipal } from "./principals";
import { quotas } from "./quotas";
import { tagsOfResource } from "./resource-tags";
import { endSessions } from "./sessions";

const idPrefixes = { User: "AIDA", Group: "AGPA", Role: "AROA" } as const;

/** What is the same for users, groups and roles: listing them, and policies on them. */
export const identityOperations = (kind: IdentityKind): Operations => ({
  [`List${kind}s`]: {
    run: (call) => {
      const all: Iterable<Identity> = mapOf(call, kind).values();
      const some = underPrefix(call.parameters, all);
      return listPage(call, `${kind}s`, keyed(call, kind, some));
    },
  },
  ...inlineOperations(kind),
  ...attachmentOperations(kind),
});

/** Identities as they stand in a list. */
export const keyed = (
  call: Call,
  kind: IdentityKind,
  identities: readonly Identity[],
): readonly Keyed<Result>[] =>
  identities.map((one) => [one.name, listed(call, kind, one)]);

/** Creates an identity: decided on the ARN that it will have. */
export const creation = (
  kind: IdentityKind,
  run: Operation["run"],
): Operation => ({
  resource: (call) => newIdentityArn(call, kind),
  // Groups have neither tags nor boundary.
  context: (call) =>
    kind === "Group"
      ? {}
      : { ...requestTags(call), ...requestedBoundary(call) },
  run,
});

/** The new identity that the request describes, as far as the kinds are alike. */
export function newIdentityIn(call: Call, kind: IdentityKind): Group {
  const { cloud, parameters } = call;
  const name = newNameIn(call, kind, `${kind}Name`);
  const { size } = mapOf(call, kind);
  checkQuota(`${kind}sPerAccount`, size, quotas.identities[kind]);
  const path = pathIn(parameters);
  return newIdentity(cloud, idPrefixes[kind], { name, path });
}

/** Names are kept as written, and are taken whatever their case. */
function newNameIn(
  call: Call,
  kind: IdentityKind,
  parameter: string,
  except?: string,
): string {
  const name = call.parameters.required(parameter);
  for (const other of mapOf(call, kind).keys()) {
    if (other !== except && other.toLowerCase() === name.toLowerCase())
      throw alreadyExists(`${kind} with name ${name}`);
  }
  return name;
}

/**
 * What a rename or a move takes beside the right to what it is now: the right to what it becomes.
 * Source: IAM API reference, "UpdateUser" and "UpdateGroup".
 */
export const updatedIdentity =
  (kind: "User" | "Group") =>
  (call: Call): AlsoNeeded[] => {
    const { parameters } = call;
    const name = parameters.required(`${kind}Name`);
    const path = mapOf(call, kind).get(name)?.path ?? "/";
    return [
      {
        action: `iam:Update${kind}`,
        resource: arnOf(call, kind, {
          path: pathIn(parameters, "NewPath", path),
          name: parameters.get(`New${kind}Name`) ?? name,
        }),
        // Its tags and its boundary go with it.
        context: {
          ...tagsOfResource(call.cloud, identityArn(call, kind)),
          ...identityKeys(call, kind),
        },
      },
    ];
  };

/**
 * Moves and renames an identity as the request says. `carryOver` changes what goes by its name,
 * before the name is another.
 */
export function updateIdentity<K extends "User" | "Group">(
  call: Call,
  kind: K,
  identity: Identities[K],
  carryOver: (identity: Identities[K], name: string, call: Call) => void,
): void {
  const oldArn = arnOf(call, kind, identity);
  const path = pathIn(call.parameters, "NewPath", identity.path);
  const parameter = `New${kind}Name`;
  if (call.parameters.has(parameter)) {
    const name = newNameIn(call, kind, parameter, identity.name);
    carryOver(identity, name, call);
    const identities = mapOf(call, kind);
    identities.delete(identity.name);
    identities.set(name, identity);
    identity.name = name;
  }
  identity.path = path;
  replacePrincipal(call.cloud, oldArn, arnOf(call, kind, identity));
}

/** @throws AwsError DeleteConflict while the identity has policies. */
export function refuseWithPolicies(identity: Identity): void {
  if (identity.inlinePolicies.size > 0) throw deleteConflict("delete policies");
  if (identity.attachedPolicies.size > 0)
    throw deleteConflict("detach all policies");
}

/** Takes the identity away, with its sessions, and leaves its id where trust policies named it. */
export function removeIdentity(
  call: Call,
  kind: "User" | "Role",
  identity: Identity,
): void {
  mapOf(call, kind).delete(identity.name);
  endSessions(call, kind === "User" ? "user" : "role", identity.name);
  replacePrincipal(call.cloud, arnOf(call, kind, identity), identity.id);
}
