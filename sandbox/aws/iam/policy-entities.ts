import type { ManagedPolicy } from "../model";
import type { Call, Result } from "../operation";
import {
  identityKinds,
  mapOf,
  type Identity,
  type IdentityKind,
} from "./entities";
import { pageOf, type Keyed } from "./paging";
import { underPrefix } from "./paths";

interface Use {
  readonly kind: IdentityKind;
  readonly identity: Identity;
}

/** Whether the identity has the policy in the way that `PolicyUsageFilter` asks about. */
function uses(
  identity: Identity,
  arn: string,
  usage: string | undefined,
): boolean {
  const asBoundary =
    "permissionsBoundary" in identity && identity.permissionsBoundary === arn;
  const asPermission = identity.attachedPolicies.has(arn);
  if (usage === "PermissionsBoundary") return asBoundary;
  return usage === "PermissionsPolicy"
    ? asPermission
    : asPermission || asBoundary;
}

/** Who has the policy, attached or as boundary, in one list that is paged as a whole. */
export function listEntities({ arn }: ManagedPolicy, call: Call): Result {
  const { parameters } = call;
  const filter = parameters.get("EntityFilter");
  const usage = parameters.get("PolicyUsageFilter");
  const all = identityKinds
    .filter((kind) => filter === undefined || filter === kind)
    .flatMap((kind) => {
      const identities: Iterable<Identity> = mapOf(call, kind).values();
      return underPrefix(parameters, identities)
        .filter((identity) => uses(identity, arn, usage))
        .map((identity): Keyed<Use> => [
          `${kind}/${identity.name}`,
          { kind, identity },
        ]);
    });
  const { items, trailer } = pageOf(call, all);
  const of = (wanted: IdentityKind): readonly Result[] =>
    items
      .filter(({ kind }) => kind === wanted)
      .map(({ identity: { name, id } }) => ({
        [`${wanted}Name`]: name,
        [`${wanted}Id`]: id,
      }));
  return {
    PolicyUsers: of("User"),
    PolicyGroups: of("Group"),
    PolicyRoles: of("Role"),
    ...trailer,
  };
}
