import {
  isForManagementAccount,
  isOfIdentityCenter,
  isSignInOfAws,
} from "../../accounts/made-by-aws";
import type { Trusted } from "../../accounts/trusted";
import { isDeploymentRole } from "../assignments";
import { roleIn } from "../expected";
import type { GivenFacts } from "../facts";
import type { RoleHere } from "./alike";

/** What the config, the caller or AWS has said of a role beforehand. */
export type Origin =
  /** Other checks compare it with the config. */
  | "of the config"
  /** By --known-role. */
  | "known"
  | "for deployments"
  | "of Identity Center"
  | "for the management account"
  | "unknown";

export function originOf(
  facts: GivenFacts,
  { account, role }: RoleHere,
): Origin {
  const { expected, settings } = facts;
  if (roleIn(expected, account, role) !== undefined) {
    return "of the config";
  }
  if (settings.knownRoles.includes(role.arn)) return "known";
  if (isDeploymentRole(expected, role)) return "for deployments";
  if (isOfIdentityCenter(role)) return "of Identity Center";
  return isForManagementAccount(role)
    ? "for the management account"
    : "unknown";
}

/** Whether it is no surprise that the role's trust policy lets them in. */
export function isProvidedFor(
  origin: Origin,
  taker: Trusted,
  { organisation, expected, settings }: GivenFacts,
  { account }: RoleHere,
): boolean {
  const ours = [organisation.callerAccountId, ...settings.knownAccounts];
  switch (origin) {
    case "of the config":
    case "known":
      return true;
    case "unknown":
      return false;
    case "for deployments":
      if (taker.kind === "tokens") return taker.whose === "ours";
      return isOf(taker, ours);
    case "of Identity Center":
      return taker.kind === "tokens" && isSignInOfAws(taker.provider);
    case "for the management account": {
      const { bastion, accounts } = expected;
      const inConfig = [bastion, ...accounts].map(({ id }) => id);
      // Which others are ours is asked of every role's trust policy.
      return (
        "account" in taker &&
        taker.account !== undefined &&
        taker.account !== account.id &&
        (isOf(taker, ours) || !isOf(taker, inConfig))
      );
    }
  }
}

const isOf = (
  taker: Trusted,
  accounts: readonly (string | undefined)[],
): boolean =>
  "account" in taker &&
  taker.account !== undefined &&
  accounts.includes(taker.account);
