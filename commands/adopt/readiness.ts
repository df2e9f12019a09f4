import { given } from "../formats/aws-command";
import type { Organisation } from "../../infra/config";
import { userName } from "../../infra/config/schema";
import { quotas } from "../../infra/documents/quotas";
import { withoutMfa } from "../../policy-pack/decide/mfa";
import { mayRequest } from "../../policy-pack/decide/powers";
import { everything, readTexts } from "../accounts/documents";
import type { LiveAccount, LiveUser } from "../accounts/live-account";
import { userPermissions } from "../accounts/permissions";
import { heldPolicies, otherPolicies } from "./superseded";
import { canUseMfa } from "./ways-in";

/** A user whom the stack must not take over yet. */
export interface HeldBack {
  readonly user: string;
  readonly why: string;
}

/**
 * Why the stack must not take the user over yet: the groups of the pattern deny nearly all without
 * MFA from the moment that the user is in them, so they must be able to enrol MFA before.
 */
export function heldBackBy(
  account: LiveAccount,
  user: LiveUser,
  newGroups: number,
  { pipeline }: Pick<Organisation, "pipeline">,
): string | undefined {
  if (!userName.pattern.test(user.name)) {
    return `the name is not ${userName.expected}. Fix: rename the user.`;
  }
  if (!canUseMfa(user)) {
    return (
      "the user has neither a password nor an MFA device that shows codes. Fix: a person gets a password " +
      `(aws iam create-login-profile ${given("user-name", user.name)} --password-reset-required --password file://<file>), and enrols a device with it; a program gets a role.`
    );
  }
  if (user.boundary !== undefined) {
    return `the deployment would take off the permissions boundary ${user.boundary} while the old policies stand. Fix: remove those by hand first.`;
  }
  if (pipeline !== undefined && holdsOtherPolicies(account, user)) {
    return "with pipeline in the config, the deployment would put a permissions boundary on the user, which closes the old policies before it is proven that they are not needed. Fix: take the account over without pipeline, and write it into the config when nothing is left to remove.";
  }
  const groups = user.groups.length + newGroups;
  if (groups > quotas.groupsPerUser) {
    return `the user would be in ${groups} groups for a while, and IAM allows ${quotas.groupsPerUser}. Fix: leave ${groups - quotas.groupsPerUser} that permit nothing.`;
  }
  return mayEnrol(account, user)
    ? undefined
    : "an old policy denies enrolling MFA, or changing the password, without MFA. Fix: remove that Deny first.";
}

/** Whether the user has permissions of others than the stack. */
const holdsOtherPolicies = ({ groups }: LiveAccount, user: LiveUser): boolean =>
  heldPolicies(user).length > 0 ||
  groups.some(
    (group) =>
      user.groups.includes(group.name) && otherPolicies(group).length > 0,
  );

/** What the stack leaves open without MFA, in so far as no old Deny closes it. */
function mayEnrol(account: LiveAccount, user: LiveUser): boolean {
  if (user.devices.length > 0) return true;
  const now = userPermissions(account, user);
  const [, session] = withoutMfa;
  if (session === undefined) return false;
  const documents = [...now.documents, ...readTexts([everything], "identity")];
  const permissions = { ...now, documents };
  return ["CreateVirtualMFADevice", "EnableMFADevice", "ChangePassword"].every(
    (action) =>
      mayRequest(permissions, {
        action: `iam:${action}`,
        resource:
          action === "CreateVirtualMFADevice"
            ? `arn:${account.partition}:iam::${account.accountId}:mfa/${user.name}`
            : user.arn,
        mfa: session,
      }).answer === "open",
  );
}
