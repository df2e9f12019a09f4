import type { Call, Operation } from "../operation";
import { identityKeys } from "./condition-keys";
import { identityArn, userArnOf, type IdentityKind } from "./entities";

type Run = Operation["run"];
type Keys = NonNullable<Operation["context"]>;

/** An action on the identity that the request names. */
export const onIdentity = (
  kind: IdentityKind,
  action: string,
  run: Run,
  more?: Keys,
): Operation => ({
  action: `iam:${action}`,
  resource: (call) => identityArn(call, kind),
  context: (call) => ({
    ...identityKeys(call, kind),
    ...more?.(call),
  }),
  run,
});

/** An action on a user, who is the caller where the request names nobody. */
export const onUserOrCaller = (action: string, run: Run): Operation => ({
  action: `iam:${action}`,
  resource: userArnOf,
  context: (call) => identityKeys(call, "User"),
  run,
});

/** An action on the account as a whole: IAM knows no resource for it. */
export const onAccount = (
  action: string,
  run: (call: Call) => ReturnType<Run>,
): Operation => ({ action: `iam:${action}`, run });
