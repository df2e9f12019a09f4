import type { ManagedPolicy } from "../model";
import type { Call, Result } from "../operation";
import { holdersOf, type IdentityKind } from "./entities";
import { pageOf } from "./paging";
import { underPrefix } from "./paths";
import { usageIn } from "./policy-lookup";

/** Who has the policy, attached or as boundary, in one list that is paged as a whole. */
export function listEntities({ arn }: ManagedPolicy, call: Call): Result {
  const { parameters } = call;
  const filter = parameters.get("EntityFilter");
  const all = holdersOf(call, arn, usageIn(parameters)).filter(
    ({ kind }) => filter === undefined || filter === kind,
  );
  const { items, trailer } = pageOf(
    call,
    underPrefix(parameters, all).map((one) => [`${one.kind}/${one.name}`, one]),
  );
  const of = (wanted: IdentityKind): readonly Result[] =>
    items
      .filter(({ kind }) => kind === wanted)
      .map(({ name, id }) => ({
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
