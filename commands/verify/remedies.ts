import { kindOf } from "../accounts/documents";
import type { LiveIdentity } from "../accounts/live-account";
import type { NamedAccount } from "../accounts/organisation";

/** Whether a policy of the identity's, inline or attached, is meant. */
export type IsMeant = (policy: {
  readonly name: string;
  /** undefined: it is inline. */
  readonly arn?: string;
}) => boolean;

/** The calls that take policies off an identity. */
export function takeOff(
  { name, arn, inlinePolicies, attachedPolicies }: LiveIdentity,
  isMeant: IsMeant = () => false,
): readonly string[] {
  const kind = kindOf(arn);
  const named = `--${kind}-name ${name}`;
  const isToGo = (policy: Parameters<IsMeant>[0]) => !isMeant(policy);
  return [
    ...attachedPolicies
      .filter(isToGo)
      .map(
        (policy) => `detach-${kind}-policy ${named} --policy-arn ${policy.arn}`,
      ),
    ...inlinePolicies
      .filter(({ name: policy }) => isToGo({ name: policy }))
      .map(
        (policy) =>
          `delete-${kind}-policy ${named} --policy-name ${policy.name}`,
      ),
  ].map((call) => `aws iam ${call}`);
}

/**
 * What makes an identity of the program's as it is meant to be; undefined: nothing but to deploy. A
 * refresh does not see a policy that the program does not know.
 */
export function toCorrect(
  identity: LiveIdentity,
  account: NamedAccount,
  isMeant: IsMeant,
): string | undefined {
  const calls = takeOff(identity, isMeant);
  return calls.length === 0
    ? undefined
    : `in account ${account.id}: ${calls.join("; ")}. Then deploy its stack: pulumi up --refresh.`;
}
