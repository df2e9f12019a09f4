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

/** What config opens to PowerUser of the roles in its account. */
export interface OpenedRoles {
  /** Roles below it may be passed to services; left out: none. */
  readonly passRolePath?: string | undefined;
  /** Roles that it may take: names, with wildcards, or paths. */
  readonly assumableRoles: readonly string[];
}

/**
 * What PowerUserAccess already leaves out, said as a deny, so that no policy attached later can
 * add it; and what it should leave out: it holds `sts:AssumeRole` on every role.
 *
 * - Service-linked roles stay possible, since many services make one at first use: they live under
 *   a path of their own, where nothing else can be made.
 * - Roles under `passRolePath` may be passed to a service; without one `iam:PassRole` is denied.
 * - A role that trusts the account's root leaves it to identity policies who takes it: that is
 *   denied but for `assumableRoles`.
 */
export function powerUserPolicy(
  partition: Partition,
  accountId: AccountId,
  { passRolePath, assumableRoles }: OpenedRoles,
): PolicyDocument {
  const serviceLinkedRoles = iamArn(
    partition,
    accountId,
    "role/aws-service-role/*",
  );
  const denyWrites = (actions: readonly string[]) =>
    deny({
      sid: "DenyAccountWrites",
      actions,
      notResources: [serviceLinkedRoles],
    });
  const assumable = assumableRoles.map((one) =>
    iamArn(
      partition,
      accountId,
      one.startsWith("/") ? `role${one}*` : `role/${one}`,
    ),
  );
  const denyOtherRoles = deny({
    sid: "DenyTakingOtherRoles",
    actions: ["sts:AssumeRole", "sts:AssumeRoot"],
    ...(assumable.length === 0
      ? { resources: ["*"] }
      : { notResources: assumable }),
  });
  if (passRolePath === undefined) {
    return policyDocument(denyWrites(accountWrites), denyOtherRoles);
  }
  const passable = iamArn(partition, accountId, `role${passRolePath}*`);
  return policyDocument(
    denyWrites(accountWrites.filter((action) => action !== "iam:Pass*")),
    denyOtherRoles,
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
