import type { IAM } from "@aws-sdk/client-iam";
import { ask, hasTerminal } from "../command-line/terminal";
import { userIn } from "./arn";
import { ownClients, type AccountClients, type WayIn } from "./clients";
import { showsCodes } from "./mfa-device";
import { ownCredentials } from "./own-credentials";

/**
 * The way of a user of the bastion into a role of people: from a session with MFA, and under the
 * user's name, as the trust policies ask. A key alone opens that session, for a code.
 *
 * @throws Error when a code is needed and there is nobody to ask, or the user has no device.
 */
export async function asUser(way: WayIn): Promise<WayIn> {
  const clients = ownClients(way);
  const { Arn: arn = "" } = await clients.sts.getCallerIdentity();
  const user = userIn(arn);
  if (user === undefined) return way;
  const own = await ownCredentials()();
  const credentials =
    own.sessionToken === undefined ? await openSession(clients) : own;
  return { ...way, sessionName: user, client: { ...way.client, credentials } };
}

/** A session's keys. */
interface SessionKeys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

async function openSession({ iam, sts }: AccountClients): Promise<SessionKeys> {
  const SerialNumber = await deviceOfCaller(iam);
  if (!hasTerminal()) {
    throw new Error(
      `The role is taken with MFA, and there is no terminal to ask for the code of ${SerialNumber} on. ` +
        "Fix: hand a session with MFA over in the environment (aws-vault exec, aws configure export-credentials).",
    );
  }
  const { Credentials: given } = await sts.getSessionToken({
    SerialNumber,
    TokenCode: await ask(`MFA code of ${SerialNumber}: `),
  });
  return {
    accessKeyId: given?.AccessKeyId ?? "",
    secretAccessKey: given?.SecretAccessKey ?? "",
    sessionToken: given?.SessionToken ?? "",
  };
}

/** Users of the bastion see their own. */
function notToBeRead(error: unknown): never {
  if (!(error instanceof Error && error.name.startsWith("AccessDenied")))
    throw error;
  throw new Error(
    `The role is taken with MFA, and the devices of these credentials' user could not be read: ${error.message.replace(/\.?$/, ".")} ` +
      "Fix: use the key of a user of the bastion to whom the config grants the role.",
    { cause: error },
  );
}

async function deviceOfCaller(iam: IAM): Promise<string> {
  const { MFADevices = [] } = await iam.listMFADevices().catch(notToBeRead);
  const serials = MFADevices.flatMap(({ SerialNumber }) => SerialNumber ?? []);
  const device = serials.find(showsCodes);
  if (device !== undefined) return device;
  throw new Error(
    `The role is taken with MFA, and these credentials' user has ${serials.length === 0 ? "no MFA device" : "security keys alone, which show no codes"}. ` +
      "Fix: enrol an authenticator app under Security credentials.",
  );
}
