import type { Call } from "./operation";

/** Remembers who called which action, as a policy names it: `iam:CreateUser`. */
export function noteUse(
  { caller, cloud, region }: Call,
  serviceAndAction: string,
): void {
  const [service = "", action = ""] = serviceAndAction.split(":");
  const { serviceUses } = caller.kind === "user" ? caller.user : caller.role;
  const use = { at: cloud.now(), region };
  const actions = new Map(serviceUses.get(service)?.actions).set(action, use);
  serviceUses.set(service, { ...use, actions });
}
