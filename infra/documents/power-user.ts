import {
  accountSettingWrites,
  iamWrites,
  organizationsWrites,
} from "./account-writes";
import { iamArn, type AccountId, type Partition } from "../partition";
import {
  allow,
  deny,
  policyDocument,
  type PolicyDocument,
} from "./policy-document";

const accountWrites = [
  ...iamWrites,
  ...organizationsWrites,
  ...accountSettingWrites,
];

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
