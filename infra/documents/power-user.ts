import { iamArn, type AccountId, type Partition } from "../partition";
import {
  allow,
  deny,
  policyDocument,
  type PolicyDocument,
} from "./policy-document";

/**
 * Every action that changes IAM, Organizations or the account, by its verb. Verbs rather than
 * names, so that an action that AWS adds tomorrow is closed the day it appears.
 */
const writes: Readonly<Record<string, string>> = {
  iam:
    "Accept Add Associate Attach Change Create Deactivate Delete Detach Disable Enable Pass Put " +
    "Reject Remove Reset Resync Send Set Tag Untag Update Upload",
  organizations:
    "Accept Attach Cancel Close Create Decline Delete Deregister Detach Disable Enable Invite " +
    "Leave Move Put Register Remove Tag Terminate Untag Update",
  account: "Accept Close Create Delete Disable Enable Put Start Update",
};

/** As policy actions: `iam:Create*`. */
const accountWrites = Object.entries(writes).flatMap(([service, verbs]) =>
  verbs.split(" ").map((verb) => `${service}:${verb}*`),
);

/**
 * What PowerUserAccess already leaves out, said as a deny, so that no policy attached later can
 * add it.
 *
 * - Service-linked roles stay possible, since many services make one at first use: they live under
 *   a path of their own, where nothing else can be made.
 * - Roles under `passRolePath` may be passed to a service; without one `iam:PassRole` is denied.
 */
export function powerUserPolicy(
  partition: Partition,
  accountId: AccountId,
  passRolePath: string | undefined,
): PolicyDocument {
  const serviceLinkedRoles = iamArn(partition, "*", "role/aws-service-role/*");
  const denyWrites = (actions: readonly string[]) =>
    deny({
      sid: "DenyAccountWrites",
      actions,
      notResources: [serviceLinkedRoles],
    });
  if (passRolePath === undefined) {
    return policyDocument(denyWrites(accountWrites));
  }
  const passable = iamArn(partition, accountId, `role${passRolePath}*`);
  return policyDocument(
    denyWrites(accountWrites.filter((action) => action !== "iam:Pass*")),
    deny({
      sid: "DenyPassingOtherRoles",
      actions: ["iam:Pass*"],
      notResources: [passable],
    }),
    allow({
      sid: "PassApplicationRoles",
      actions: ["iam:PassRole"],
      resources: [passable],
    }),
  );
}
