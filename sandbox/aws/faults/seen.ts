import type { Cloud } from "../model";
import type { Caller, SignedCall } from "../operation";
import type { AskedCall } from "./asked-call";

/** Changes that look up, in whichever account, whom a trust policy names. */
const namesPrincipals = ["CreateRole", "UpdateAssumeRolePolicy"];

/** Whether a call sees IAM as it was, where it is behind. */
export const seesEarlier = ({
  service,
  action,
  isChange,
}: AskedCall): boolean =>
  service === "sts" ||
  (service === "iam" && (!isChange || namesPrincipals.includes(action)));

/** A call that sees the cloud so; what it changes, it changes in the present. */
export function callSeeing(
  call: SignedCall,
  { isChange }: AskedCall,
  cloud: Cloud,
): SignedCall {
  if (isChange) return { ...call, cloud };
  const account = cloud.accounts.get(call.account.id) ?? call.account;
  return { ...call, cloud, account, caller: callerIn(cloud, call.caller) };
}

/** The caller with the rights of then; one who was not there yet has those of now. */
function callerIn(cloud: Cloud, caller: Caller): Caller {
  const account = cloud.accounts.get(caller.accountId);
  if (caller.kind === "user") {
    const user = account?.users.get(caller.user.name) ?? caller.user;
    return { ...caller, user };
  }
  const role = account?.roles.get(caller.role.name) ?? caller.role;
  return { ...caller, role };
}
