import { isAwsManaged } from "../identities/aws-managed";
import {
  unknownOf,
  type HeldPolicy,
  type Identity,
} from "../identities/identity";
import type { Identities } from "../identities/gather";
import { unknownFinding, type Finding } from "../findings/finding";

export const nameOf = ({ name, resource }: Identity): string =>
  name ?? resource?.name ?? "?";

export function oncePerField(
  policies: readonly HeldPolicy[],
): readonly HeldPolicy[] {
  return policies.filter(
    (one, index) =>
      policies.findIndex(
        (other) => other.resource === one.resource && other.field === one.field,
      ) === index,
  );
}

/** AWS's own, and such as stand in no stack that the pack sees. */
export const isNotOfTheStack = (policy: HeldPolicy): boolean =>
  policy.content.kind === "unseen" || isAwsManaged(policy);

/** What nobody knows yet of the groups' policies. */
export const unknownOfGroups = ({
  groups,
  unknownHolders,
}: Identities): readonly Finding[] =>
  [
    ...unknownHolders,
    ...groups.flatMap(({ policies }) => unknownOf(policies)),
  ].map(unknownFinding);
