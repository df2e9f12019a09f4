import { iamArn } from "../arn";
import { callerArn, callerId, federatedUserOf } from "../context";
import type { Cloud, Session } from "../model";
import type { Caller } from "../operation";
import type { Fields } from "../services/json-body";

/**
 * Who called, as CloudTrail writes it. Source: AWS documentation, "CloudTrail userIdentity element".
 */
export function userIdentity(cloud: Cloud, caller: Caller): Fields {
  const { accountId, session } = caller;
  const identity = {
    principalId: callerId(caller),
    arn: callerArn(cloud, caller),
    accountId,
    ...(session ? { accessKeyId: session.accessKeyId } : {}),
  };
  if (caller.kind === "role") {
    return {
      type: "AssumedRole",
      ...identity,
      sessionContext: {
        sessionIssuer: {
          type: "Role",
          principalId: caller.role.id,
          arn: iamArn(cloud, accountId, "role", caller.role),
          accountId,
          userName: caller.role.name,
        },
        attributes: attributesOf(caller.session),
      },
    };
  }
  return {
    type: federatedUserOf(caller) ? "FederatedUser" : "IAMUser",
    ...identity,
    userName: caller.user.name,
    ...(session
      ? { sessionContext: { attributes: attributesOf(session) } }
      : {}),
  };
}

/** A caller of another account, of whom that account's trail tells the least. */
export const foreignIdentity = (caller: Caller): Fields => ({
  type: "AWSAccount",
  principalId: callerId(caller),
  accountId: caller.accountId,
});

/** MFA does not survive the taking of a role. */
const attributesOf = ({ issuedAt, origin }: Session): Fields => ({
  creationDate: seconds(issuedAt),
  mfaAuthenticated: String(
    origin.kind === "user" && origin.mfaAt !== undefined,
  ),
});

/** `2026-11-21T08:00:00Z`: CloudTrail tells no fractions. */
export const seconds = (date: Date): string =>
  date.toISOString().replace(/\.\d+/, "");
