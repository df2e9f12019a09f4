import type { Cloud, Session } from "./model";
import { AwsError } from "./errors";
import type { Caller } from "./operation";
import type { ReceivedRequest } from "./request";
import { verifySignature, type Authorization } from "./signature";

/** Who signed the request, once the signature was found to be right. */
export async function authenticate(
  cloud: Cloud,
  request: ReceivedRequest,
  authorization: Authorization,
): Promise<Caller> {
  const { accessKeyId, token } = authorization;
  const session = cloud.sessions.get(accessKeyId);
  if (session) {
    if (token !== session.token) throw invalidToken();
    await verifySignature(request, authorization, session);
    if (cloud.now() >= session.expiresAt) {
      throw new AwsError(
        "ExpiredToken",
        "The security token included in the request is expired",
      );
    }
    return callerOfSession(cloud, session);
  }
  const owner = findOwner(cloud, accessKeyId);
  if (owner === undefined || token !== undefined) throw invalidToken();
  const { account, user, key } = owner;
  await verifySignature(request, authorization, { secret: key.secret });
  if (key.status !== "Active") throw invalidToken();
  key.lastUsed = {
    at: cloud.now(),
    service: authorization.service,
    region: authorization.region,
  };
  return { kind: "user", accountId: account.id, user };
}

const invalidToken = (): AwsError =>
  new AwsError(
    "InvalidClientTokenId",
    "The security token included in the request is invalid.",
  );

function findOwner(cloud: Cloud, accessKeyId: string) {
  for (const account of cloud.accounts.values()) {
    for (const user of account.users.values()) {
      const key = user.accessKeys.get(accessKeyId);
      if (key) return { account, user, key };
    }
  }
  return undefined;
}

/** A session lives no longer than the user or role that it is of. */
function callerOfSession(cloud: Cloud, session: Session): Caller {
  const { accountId, origin } = session;
  const account = cloud.accounts.get(accountId);
  if (origin.kind === "role") {
    const role = account?.roles.get(origin.name);
    if (role === undefined) throw invalidToken();
    return { kind: "role", accountId, role, session: { ...session, origin } };
  }
  const user = account?.users.get(origin.name);
  if (user === undefined) throw invalidToken();
  return { kind: "user", accountId, user, session };
}
