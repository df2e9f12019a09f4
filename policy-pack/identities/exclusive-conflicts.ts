import { isInAccountOf } from "../resources/account";
import type { Resource } from "../resources/resource";
import { policyGrantForms } from "./forms";
import { grouped } from "./grouped";
import type { Holder } from "./holder";
import { keyOf, mayName } from "./holders";
import { withoutDenies, type HeldPolicy, type PolicyContent } from "./identity";
import type { ExclusiveList, PolicyGrant } from "./policy-grant";
import { dependsOn } from "./references";

/**
 * Two resources in conflict over one holder undo each other, in whichever order they come: what
 * either of them may take away only counts for what it allows.
 */
export function withoutUncertainDenies(
  grants: readonly PolicyGrant[],
): readonly PolicyGrant[] {
  const besides = grouped(grants, holderKey);
  const attachments = grouped(
    grants.filter(isOnlyAttachment),
    ({ resource }) => resource,
  );
  return grants.map((grant) => {
    const key = holderKey(grant);
    const beside = key === undefined ? [] : (besides.get(key) ?? []);
    const mayBeTakenAway = (policy: HeldPolicy): boolean =>
      beside.some((other) => takesAway(other, policy)) ||
      [...attachments.values()].some((one) => detaches(one, policy, grant));
    const policies = grant.policies.map((policy) =>
      mayBeTakenAway(policy) ? withoutDenies(policy) : policy,
    );
    return { ...grant, policies };
  });
}

/** Takes away what its lists don't name, or puts another policy in the place of one. */
const takesAway = (
  { resource, policies, lists }: PolicyGrant,
  policy: HeldPolicy,
): boolean =>
  (resource !== policy.resource &&
    lists.some(
      (list) => list.form === policy.form && !mayList(resource, list, policy),
    )) ||
  policies.some((other) => overwrites(other, policy));

const mayList = (
  resource: Resource,
  { names }: ExclusiveList,
  { form, name, resource: giver }: HeldPolicy,
): boolean => {
  const source = form === "inline" ? giver : name;
  return names.some((one) =>
    one === undefined
      ? typeof source === "object" && dependsOn(resource, source)
      : one === name,
  );
};

/** A holder has one inline policy of a name. */
const overwrites = (one: HeldPolicy, other: HeldPolicy): boolean =>
  one !== other &&
  one.form === "inline" &&
  other.form === "inline" &&
  one.name !== undefined &&
  one.name === other.name &&
  !isSame(one.content, other.content);

const isSame = (one: PolicyContent, other: PolicyContent): boolean =>
  one.kind === "document" &&
  other.kind === "document" &&
  one.document === other.document;

const isOnlyAttachment = ({ resource }: PolicyGrant): boolean =>
  policyGrantForms.get(resource.type)?.isOnlyAttachment === true;

/** @param attachment all that one resource says of who has a policy, in the whole account */
const detaches = (
  attachment: readonly PolicyGrant[],
  policy: HeldPolicy,
  { kind, resource, to }: PolicyGrant,
): boolean =>
  attachment.every(
    (one) =>
      one.resource !== resource &&
      one.policies.some((other) => mayBe(other, policy)) &&
      !(one.kind === kind && mayName(one, { resource, to })),
  );

const mayBe = (one: HeldPolicy, other: HeldPolicy): boolean => {
  if (other.form !== "managed") return false;
  if (one.name === undefined) {
    return (
      typeof other.name === "object" && dependsOn(one.resource, other.name)
    );
  }
  return (
    one.name === other.name &&
    // AWS's own policies have one ARN in all accounts.
    (typeof one.name === "object" ||
      isInAccountOf(one.resource, other.resource))
  );
};

/** undefined: nobody knows the holder yet. */
function holderKey({
  kind,
  to,
  resource,
}: PolicyGrant): Holder | string | undefined {
  const key = keyOf(to, resource);
  return typeof key === "string" ? `${kind} ${key}` : key;
}
