import type { Cloud, Session } from "./model";
import { requestedRegion } from "./one-endpoint";
import type { Caller } from "./operation";
import type { ReceivedRequest } from "./request";
import type { Claim } from "./signature/claim";
import { signatureError } from "./signature/faults";
import { checkClaim, verifySignature } from "./signature/verify";

/** Who signed the request, once the signature was found to be right. */
export function authenticate(
  cloud: Cloud,
  request: ReceivedRequest,
  claim: Claim,
): Caller {
  checkClaim(request, claim);
  const { accessKeyId, token, service, region } = claim;
  const session = cloud.sessions.get(accessKeyId);
  if (session) {
    verifySignature(request, claim, session.secret);
    if (token !== session.token) throw signatureError(service, "wrong token");
    if (cloud.now() >= session.expiresAt) {
      throw signatureError(service, "expired token");
    }
    return callerOfSession(cloud, session, service);
  }
  const owner = findOwner(cloud, accessKeyId);
  if (owner === undefined) throw signatureError(service, "unknown key");
  const { account, user, key } = owner;
  verifySignature(request, claim, key.secret);
  if (token !== undefined) throw signatureError(service, "wrong token");
  if (key.status !== "Active") throw signatureError(service, "unknown key");
  key.lastUsed = {
    at: cloud.now(),
    service,
    region: requestedRegion(service, region),
  };
  return { kind: "user", accountId: account.id, user };
}

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
export function callerOfSession(
  cloud: Cloud,
  session: Session,
  service: string,
): Caller {
  const gone = () => signatureError(service, "wrong token");
  const { accountId, origin } = session;
  const account = cloud.accounts.get(accountId);
  if (origin.kind === "role") {
    const role = account?.roles.get(origin.name);
    if (role === undefined) throw gone();
    return { kind: "role", accountId, role, session: { ...session, origin } };
  }
  const user = account?.users.get(origin.name);
  if (user === undefined) throw gone();
  return { kind: "user", accountId, user, session };
}
