import { iamArn, type AccountId, type Partition } from "../partition";
import {
  trustDocument,
  withMfa,
  type MfaRequirement,
  type TrustPolicy,
} from "./policy-document";

export interface TrustRequirement extends MfaRequirement {
  readonly partition: Partition;
  readonly bastionAccountId: AccountId;
  readonly requireTls: boolean;
}

/** Who takes a role that is no machine's, whichever users those are. */
export const people = "people";

/**
 * The trust policy of every role that people take.
 *
 * - The principal is the bastion account, which leaves it to the bastion's groups who may. A user
 *   named here would be stored as its unique id, and shut out when it is made anew.
 * - `aws:PrincipalArn` lets in IAM users alone. A role of the bastion has the ARN of a role; and
 *   since a role session carries no MFA, it would fail on that as well.
 * - The session bears the user's name, so that CloudTrail in the workload account says who it was.
 *   The console's role switch does this by itself; other clients set `role_session_name`.
 * - No external id: the console's role switch can't give one.
 */
export function trustPolicy(requirement: TrustRequirement): TrustPolicy {
  const { partition, bastionAccountId, requireTls } = requirement;
  const mfa = withMfa(requirement);
  return trustDocument({
    sid: "BastionUsersWithMfa",
    principal: { AWS: [iamArn(partition, bastionAccountId, "root")] },
    condition: {
      ...mfa,
      Bool: {
        ...mfa.Bool,
        ...(requireTls ? { "aws:SecureTransport": "true" } : {}),
      },
      ArnLike: {
        "aws:PrincipalArn": iamArn(partition, bastionAccountId, "user/*"),
      },
      StringEquals: { "sts:RoleSessionName": "${aws:username}" },
    },
  });
}
