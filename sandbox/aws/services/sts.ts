import { assumeRole } from "../assume-role";
import { callerArn, callerId } from "../context";
import { AwsError, validationError } from "../errors";
import { getFederationToken } from "../federation";
import { bringsCode, useCodeOf } from "../mfa-code";
import type { Account } from "../model";
import type { Call, Operations, Result } from "../operation";
import { callingUser, describeCredentials, openSession } from "../sessions";

function getCallerIdentity({ cloud, caller }: Call): Result {
  return {
    UserId: callerId(caller),
    Account: caller.accountId,
    Arn: callerArn(cloud, caller),
  };
}

function getSessionToken(call: Call): Result {
  const { account, cloud, parameters } = call;
  const user = callingUser(call, "GetSessionToken");
  const seconds = parameters.number("DurationSeconds", 43_200);
  const withMfa = bringsCode(call);
  if (withMfa) useCodeOf(call);
  const session = openSession(
    cloud,
    account.id,
    {
      kind: "user",
      name: user.name,
      through: "GetSessionToken",
      mfaAt: withMfa ? cloud.now() : undefined,
    },
    seconds,
  );
  return { Credentials: describeCredentials(session) };
}

/** Whose account a key is of, whoever asks. */
function getAccessKeyInfo({ cloud, parameters }: Call): Result {
  const id = parameters.required("AccessKeyId");
  const session = cloud.sessions.get(id);
  if (session) return { Account: session.accountId };
  const has = ({ users }: Account) =>
    [...users.values()].some(({ accessKeys }) => accessKeys.has(id));
  const owner = [...cloud.accounts.values()].find(has);
  if (owner) return { Account: owner.id };
  throw validationError(`The access key ${id} is not one of this cloud.`);
}

/** The sandbox tells why in plain words, and never encodes it: what comes here is not its own. */
function decodeAuthorizationMessage({ parameters }: Call): never {
  parameters.required("EncodedMessage");
  throw new AwsError(
    "InvalidAuthorizationMessageException",
    "The content of the message is invalid: the sandbox encodes no authorization messages",
  );
}

/** Every STS action that the sandbox knows and that is signed. */
export const stsOperations: Operations = {
  GetCallerIdentity: { permission: () => "none", run: getCallerIdentity },
  GetSessionToken: {
    permission: () => "unless denied",
    lacks: ["MinimumSessionTokenSize"],
    run: getSessionToken,
  },
  GetFederationToken: getFederationToken,
  GetAccessKeyInfo: { run: getAccessKeyInfo },
  DecodeAuthorizationMessage: { run: decodeAuthorizationMessage },
  AssumeRole: assumeRole,
};
