import { accountOf, iamArn, sessionArn } from "./arn";
import { validationError } from "./errors";
import type { Account, Cloud, Role, RoleSessionOrigin } from "./model";
import type { Result } from "./operation";
import { packedSize } from "./session-policies";
import { describeCredentials, openSession } from "./sessions";

export interface NamedRole {
  readonly account: Account;
  readonly role: Role;
}

/**
 * The role of that ARN, in whichever account; its path counts.
 *
 * @throws AwsError ValidationError for what is the ARN of no role.
 */
export function roleAt(cloud: Cloud, arn: string): NamedRole | undefined {
  if (!/^arn:[\w-]+:iam::\d{12}:role\/./.test(arn)) {
    throw validationError(`${arn} is invalid`);
  }
  const account = cloud.accounts.get(accountOf(arn));
  const role = account?.roles.get(arn.split("/").at(-1) ?? "");
  return account && role && iamArn(cloud, account.id, "role", role) === arn
    ? { account, role }
    : undefined;
}

/** Opens a session of the role, and answers it as AWS does. `seconds`: how long it lasts. */
export function openRoleSession(
  cloud: Cloud,
  { account, role }: NamedRole,
  seconds: number,
  origin: Omit<RoleSessionOrigin, "kind" | "name">,
): Result {
  const { name } = role;
  const PackedPolicySize = packedSize(origin.sessionPolicies, origin.tags);
  const session = openSession(
    cloud,
    account.id,
    { kind: "role", name, ...origin },
    seconds,
  );
  return {
    Credentials: describeCredentials(session),
    AssumedRoleUser: {
      AssumedRoleId: `${role.id}:${origin.sessionName}`,
      Arn: sessionArn(cloud, account.id, name, origin.sessionName),
    },
    PackedPolicySize,
    SourceIdentity: origin.sourceIdentity,
  };
}
