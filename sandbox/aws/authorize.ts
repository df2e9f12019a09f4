import { decide } from "./decision";
import { AwsError, type Call, type Operation } from "./operation";

/**
 * Lets the call through to the operation, or throws AWS's AccessDenied.
 *
 * Source of the rule about sessions: AWS documentation, "Compare AWS STS credentials",
 * GetSessionToken.
 */
export async function authorize(
  call: Call,
  operation: Operation,
): Promise<void> {
  refuseSessionOfGetSessionToken(call, operation);
  const permission = operation.permission?.(call) ?? "allow";
  if (permission === "none") return;
  operation.beforeDecision?.(call);
  const resourcePolicy = operation.resourcePolicy?.(call);
  const context = operation.context?.(call);
  await decide(
    call,
    {
      action: operation.action,
      resource: operation.resource?.(call) ?? "*",
      ...(context ? { context } : {}),
      ...(resourcePolicy ? { resourcePolicy } : {}),
    },
    permission,
  );
}

/** What `GetSessionToken` gives may call nothing in IAM without MFA, and two actions in STS. */
function refuseSessionOfGetSessionToken(
  { caller }: Call,
  { action }: Operation,
): void {
  if (caller.kind !== "user" || caller.session === undefined) return;
  const { origin } = caller.session;
  if (origin.kind !== "user" || origin.through !== "GetSessionToken") return;
  const refused =
    (action.startsWith("iam:") && origin.mfaAt === undefined) ||
    (action.startsWith("sts:") &&
      !["sts:AssumeRole", "sts:GetCallerIdentity"].includes(action));
  if (refused) {
    throw new AwsError(
      "InvalidClientTokenId",
      "The security token included in the request is invalid",
      403,
    );
  }
}
