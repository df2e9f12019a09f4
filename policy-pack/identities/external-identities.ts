import { accountKey, accountOf } from "../resources/account";
import type { Resource } from "../resources/resource";
import type { HolderKind } from "./forms";
import type { HeldPolicy, Identity } from "./identity";
import type { PolicyGrant } from "./policy-grant";

/** Those whom this stack gives policies, though it does not make them. */
export function externalIdentities(
  kind: HolderKind,
  grants: readonly PolicyGrant[],
): ReadonlyMap<string, Identity> {
  const found = new Map<string, Identity>();
  for (const { kind: to, to: holder, policies, resource } of grants) {
    if (to !== kind || holder.kind !== "external") continue;
    const key = externalKey(holder.name, resource);
    const known = found.get(key)?.policies ?? [];
    const all = [...known, ...policies];
    found.set(key, externalIdentity(kind, holder.name, all, resource));
  }
  return found;
}

/** Accounts may have holders of the same name. */
export const externalKey = (name: string, resource: Resource): string =>
  `${accountKey(resource)} ${name}`;

/** @param by a resource of this stack that speaks of it */
export const externalIdentity = (
  kind: HolderKind,
  name: string,
  policies: readonly HeldPolicy[],
  by: Resource,
): Identity => ({
  kind,
  name,
  account: accountOf(by),
  resource: undefined,
  policies,
  boundary: undefined,
  groups: [],
  mayBeInMoreGroups: false,
});
