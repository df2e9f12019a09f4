import type { Call, ContextKeys, Operation, Result } from "../operation";
import { identityKeys } from "./condition-keys";
import {
  changeableIdentity,
  identityArn,
  identityOf,
  userArnOf,
  userOf,
  type Identities,
  type IdentityKind,
} from "./entities";

type Keys = (call: Call) => ContextKeys;

/** Makes an action on a thing, which it is given; `more` are condition keys that only it has. */
export type OnThing<T> = (
  run: ((thing: T, call: Call) => Result) | ((thing: T, call: Call) => void),
  more?: Keys,
) => Operation;

/**
 * Actions on the resource of that ARN; `keys` is what IAM tells a policy about it beside its tags.
 * Whether it is there is found out after the decision.
 */
export const on =
  <T>(
    resource: (call: Call) => string,
    find: (call: Call) => T,
    keys?: Keys,
  ): OnThing<T> =>
  (run, more) => ({
    resource,
    context: (call) => ({ ...keys?.(call), ...more?.(call) }),
    run: (call) => run(find(call), call),
  });

/** Actions on the identity that the request names. */
export const onIdentity = <K extends IdentityKind>(
  kind: K,
  find: (call: Call, kind: K) => Identities[K] = identityOf,
): OnThing<Identities[K]> =>
  on(
    (call) => identityArn(call, kind),
    (call) => find(call, kind),
    (call) => identityKeys(call, kind),
  );

/** Actions that change it: a service-linked role is its service's alone. */
export const changing = <K extends IdentityKind>(kind: K) =>
  onIdentity(kind, changeableIdentity);

/** Actions on a user, who is the caller where the request names nobody. */
export const onUserOrCaller = on(userArnOf, userOf, (call) =>
  identityKeys(call, "User"),
);
