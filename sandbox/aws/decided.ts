import { callerArn } from "./context";
import { AwsError } from "./errors";
import type { Cloud, DecidedCall } from "./model";
import type { Call } from "./operation";

/** Tells whoever wants to know what was decided, now. */
export function tell(cloud: Cloud, decided: Omit<DecidedCall, "at">): void {
  cloud.onDecided?.({ at: cloud.now(), ...decided });
}

/** The same, of a call whose caller is known. */
export function tellDecided(
  { caller, cloud }: Call,
  action: string,
  resource: string,
  reason: DecidedCall["reason"],
): void {
  tell(cloud, { caller: callerArn(cloud, caller), action, resource, reason });
}

/** The same, of a call that was refused for another reason than a policy. */
export function tellRefused(
  call: Call,
  action: string,
  resource: string,
  error: unknown,
): void {
  if (!(error instanceof AwsError)) return;
  const { message } = error;
  tellDecided(call, action, resource, { decided: "refused", message });
}

/** Begins what is told of a caller whose signature does not say who they are. */
export const unknownCaller = "access key";

/** The same, of a call that is not known to be anybody's. */
export function tellUnknown(
  cloud: Cloud,
  accessKeyId: string,
  action: string,
  error: unknown,
): void {
  if (!(error instanceof AwsError)) return;
  tell(cloud, {
    caller: `${unknownCaller} ${accessKeyId}`,
    action,
    resource: "*",
    reason: { decided: "refused", message: error.message },
  });
}

type Why = DecidedCall["reason"];

/** What a call goes on with. */
const lettingIn = ["allowed", "not denied", "not asked", "trusted"] as const;

type LetIn = Extract<Why, { readonly decided: (typeof lettingIn)[number] }>;

/** Whether a call goes on with it. */
export const letsIn = (reason: Why): reason is LetIn =>
  lettingIn.some((one) => one === reason.decided);
