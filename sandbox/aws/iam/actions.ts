import type { Call, ContextKeys, Operation } from "../operation";
import { identityKeys } from "./condition-keys";
import { identityArn, userArnOf, type IdentityKind } from "./entities";

type Keys = (call: Call) => ContextKeys;

/** Makes an action on one resource; `more` are condition keys that only this action has. */
export type OnResource = (run: Operation["run"], more?: Keys) => Operation;

/** Actions on the resource of that ARN; `keys` is what IAM tells a policy about it. */
export const on =
  (resource: (call: Call) => string, keys: Keys): OnResource =>
  (run, more) => ({
    resource,
    context: (call) => ({ ...keys(call), ...more?.(call) }),
    run,
  });

/** Actions on the identity that the request names. */
export const onIdentity = (kind: IdentityKind): OnResource =>
  on(
    (call) => identityArn(call, kind),
    (call) => identityKeys(call, kind),
  );

/** Actions on a user, who is the caller where the request names nobody. */
export const onUserOrCaller = on(userArnOf, (call) =>
  identityKeys(call, "User"),
);
