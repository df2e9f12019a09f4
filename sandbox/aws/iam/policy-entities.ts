import type { Call, Result } from "../operation";
import { mapOf, type Holder, type Kind } from "./entities";
import { pageOf } from "./paging";
import { underPrefix } from "./paths";
import { policyOf } from "./policy-lookup";

interface Use {
  readonly kind: Kind;
  readonly holder: Holder;
}

const kinds: readonly Kind[] = ["User", "Group", "Role"];

/** Whether the identity has the policy in the way that `PolicyUsageFilter` asks about. */
function uses(holder: Holder, arn: string, usage: string | undefined): boolean {
  const asBoundary =
    "permissionsBoundary" in holder && holder.permissionsBoundary === arn;
  const asPermission = holder.attachedPolicies.has(arn);
  if (usage === "PermissionsBoundary") return asBoundary;
  return usage === "PermissionsPolicy"
    ? asPermission
    : asPermission || asBoundary;
}

/** Who has the policy, attached or as boundary, in one list that is paged as a whole. */
export function listEntities(call: Call): Result {
  const { parameters } = call;
  const { arn } = policyOf(call);
  const filter = parameters.get("EntityFilter");
  const usage = parameters.get("PolicyUsageFilter");
  const all = kinds
    .filter((kind) => filter === undefined || filter === kind)
    .flatMap((kind) => {
      const holders: Iterable<Holder> = mapOf(call, kind).values();
      return underPrefix(parameters, holders)
        .filter((holder) => uses(holder, arn, usage))
        .map((holder): Use => ({ kind, holder }));
    });
  const { items, trailer } = pageOf(
    parameters,
    all,
    ({ kind, holder }) => `${kind}/${holder.name}`,
  );
  const of = (wanted: Kind): readonly Result[] =>
    items
      .filter(({ kind }) => kind === wanted)
      .map(({ holder: { name, id } }) => ({
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
