import { accountOf } from "../arn";
import type { Call, ContextKeys } from "../operation";
import { broughtTags, removedTags, resourceTags } from "../tags";
import {
  aliasIn,
  keptOf,
  kind,
  nameOfAlias,
  tagsIn,
  type Key,
} from "./kms-keys";

export type KeysOf = (call: Call) => ContextKeys;

export const requestTags: KeysOf = (call: Call) => ({
  ...broughtTags(tagsIn(call)),
  ...removedTags(call),
});

/** What a policy is told of a key that is there. */
export function keyKeys(call: Call, { arn: at, id, tags }: Key): ContextKeys {
  const owner = call.cloud.accounts.get(accountOf(at));
  const aliases = [...(owner ? keptOf(owner).aliases : [])]
    .filter(([, of]) => of === id)
    .map(([alias]) => nameOfAlias(alias));
  return {
    "kms:CallerAccount": call.caller.accountId,
    "kms:KeyOrigin": kind.Origin,
    "kms:KeySpec": kind.KeySpec,
    "kms:KeyUsage": kind.KeyUsage,
    "kms:MultiRegion": String(kind.MultiRegion),
    ...(aliases.length > 0 ? { "kms:ResourceAliases": aliases } : {}),
    ...resourceTags(tags),
  };
}

/** What a policy is told of a key that is to be made. */
export function newKeyKeys(call: Call): ContextKeys {
  const { caller, parameters } = call;
  const asked = (name: keyof typeof kind): string =>
    parameters.get(name) ?? String(kind[name]);
  return {
    "kms:CallerAccount": caller.accountId,
    "kms:KeyOrigin": asked("Origin"),
    "kms:KeySpec": parameters.get("CustomerMasterKeySpec") ?? asked("KeySpec"),
    "kms:KeyUsage": asked("KeyUsage"),
    "kms:MultiRegion": asked("MultiRegion"),
    ...bypassKey(call),
    ...requestTags(call),
  };
}

export const bypassKey = ({ parameters }: Call): ContextKeys => ({
  "kms:BypassPolicyLockoutSafetyCheck": String(
    parameters.flag("BypassPolicyLockoutSafetyCheck"),
  ),
});

/** The name by which a request calls its key, if that is an alias. */
export const requestAlias = (call: Call): ContextKeys => {
  const alias = aliasIn(call);
  return alias === undefined ? {} : { "kms:RequestAlias": alias };
};

/** A number that a request brings, as a condition key. */
export const numberKey =
  (key: string, name: string, otherwise: number) =>
  ({ parameters }: Call): ContextKeys => ({
    [key]: String(parameters.number(name, otherwise)),
  });
