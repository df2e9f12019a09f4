import { pipelineRoles } from "../../../infra/names";
import {
  isForManagementAccount,
  isOfIdentityCenter,
} from "../../accounts/made-by-aws";
import type { Trusted } from "../../accounts/trusted";
import { isDeploymentRole } from "../assignments";
import type { Facts } from "../facts";
import type { RoleHere } from "./alike";

/** What is asked about. */
export type PowerFacts = Pick<Facts, "organisation" | "expected" | "settings">;

/** What the config, the caller or AWS has said of a role beforehand. */
export type Standing =
  /** Other checks compare it with the config. */
  | "of the config"
  /** By --known-role. */
  | "known"
  | "for deployments"
  | "of Identity Center"
  | "for the management account"
  | "unknown";

export function standingOf(
  facts: PowerFacts,
  { account, role }: RoleHere,
): Standing {
  const { expected, settings } = facts;
  const ofAccount = expected.accounts.find(({ id }) => id === account.id);
  if (ofAccount?.roles.some(({ name }) => name === role.name)) {
    return "of the config";
  }
  if (settings.knownRoles.includes(role.arn)) return "known";
  const isPipelines =
    expected.pipelineRepository !== null &&
    Object.values<string>(pipelineRoles).includes(role.name);
  if (isPipelines || isDeploymentRole(expected, role)) return "for deployments";
  if (isOfIdentityCenter(role)) return "of Identity Center";
  return isForManagementAccount(role)
    ? "for the management account"
    : "unknown";
}

/** Whether it is no surprise that the role's trust policy lets them in. */
export function isProvidedFor(
  standing: Standing,
  taker: Trusted,
  { organisation, settings }: PowerFacts,
  { account }: RoleHere,
): boolean {
  switch (standing) {
    case "of the config":
    case "known":
      return true;
    case "unknown":
      return false;
    case "for deployments":
      if (taker.kind === "tokens") return taker.whose === "ours";
      return isOf(taker, [
        organisation.callerAccountId,
        ...settings.knownAccounts,
      ]);
    case "of Identity Center":
      return taker.kind === "tokens" && ofIdentityCenter.test(taker.provider);
    case "for the management account":
      // Which accounts are ours is asked of every role's trust policy.
      return (
        "account" in taker &&
        taker.account !== undefined &&
        taker.account !== account.id
      );
  }
}

const isOf = (
  taker: Trusted,
  accounts: readonly (string | undefined)[],
): boolean =>
  "account" in taker &&
  taker.account !== undefined &&
  accounts.includes(taker.account);

/** The provider by which Identity Center signs people in. */
const ofIdentityCenter = /:saml-provider\/AWSSSO_[0-9a-f]+_DO_NOT_DELETE$/;
