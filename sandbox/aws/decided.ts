import { callerArn } from "./context";
import { AwsError } from "./errors";
import type { Cloud, DecidedCall } from "./model";
import type { Call, SignedCall } from "./operation";

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

/** Who asks for what, as far as it is known. */
type Asked = Pick<DecidedCall, "caller" | "action" | "resource">;

/** Tells of a call that was refused for another reason than a policy. */
export function tellRefusal(cloud: Cloud, asked: Asked, error: unknown): void {
  if (!(error instanceof AwsError)) return;
  const { message } = error;
  tell(cloud, { ...asked, reason: { decided: "refused", message } });
}

/** The same, of a call whose caller is known. */
export function tellRefused(
  call: SignedCall,
  action: string,
  resource: string,
  error: unknown,
): void {
  const caller = callerArn(call.cloud, call.caller);
  tellRefusal(call.cloud, { caller, action, resource }, error);
}

/** Begins what is told of a caller whose signature does not say who they are. */
export const unknownCaller = "access key";

/** Does what may refuse a call before anything is decided, and tells of it then. */
export function tellingRefusal<T>(
  cloud: Cloud,
  asked: Asked,
  work: () => T,
): T {
  try {
    return work();
  } catch (error) {
    tellRefusal(cloud, asked, error);
    throw error;
  }
}

/** Reads what a caller asks for, and tells where that can't be read: nothing is decided of it then. */
export const reading = <T>(
  { cloud, caller }: SignedCall,
  action: string,
  read: () => T,
): T =>
  tellingRefusal(
    cloud,
    { caller: callerArn(cloud, caller), action, resource: "*" },
    read,
  );

type Why = DecidedCall["reason"];

/** What a call goes on with. */
const lettingIn = ["allowed", "not denied", "not asked", "trusted"] as const;

type LetIn = Extract<Why, { readonly decided: (typeof lettingIn)[number] }>;

/** Whether a call goes on with it. */
export const letsIn = (reason: Why): reason is LetIn =>
  lettingIn.some((one) => one === reason.decided);
