import { iamOperations } from "./iam";
import { devicesOf } from "./iam/entities";
import type { Account, Cloud, Session, User } from "./model";
import { AwsError } from "./errors";
import type { Call } from "./operation";
import { perform } from "./authorize";
import { jsonPage, membersOf } from "./json-page";
import type { JsonBody } from "./services/json-body";
import { Parameters } from "./parameters";
import { openSession } from "./sessions";
import { recordSignIn } from "./trail/sign-in";
import { useCode } from "./totp";
import type { ConsoleCredentials } from "./console-client";

/** Seconds that a sign-in to the console lasts. */
const consoleSession = 12 * 60 * 60;

/** One wording for everything that is wrong, so that nothing can be found out by trying. */
const refused = (): AwsError =>
  new AwsError(
    "AccessDenied",
    "Your authentication information is incorrect. Please try again.",
  );

const fields = ["account", "userName", "password", "mfaCode", "newPassword"];

/** AWS's sign-in page, as far as it takes what is typed into it. */
export const signInPage = jsonPage(
  async (cloud, request): Promise<ConsoleCredentials> => {
    const typed = membersOf(request, ...fields);
    const session = await signIn(cloud, typed, request.sourceIp);
    return {
      accessKeyId: session.accessKeyId,
      secretAccessKey: session.secret,
      sessionToken: session.token,
    };
  },
);

/**
 * What AWS's sign-in page does: checks the password, asks for MFA where the user has a device,
 * and makes the user change a password that must be changed.
 */
async function signIn(
  cloud: Cloud,
  typed: JsonBody,
  sourceIp: string,
): Promise<Session> {
  const account = findAccount(cloud, typed.text("account"));
  const user = account?.users.get(typed.text("userName"));
  const password = typed.text("password");
  const newPassword = typed.optionalText("newPassword");
  if (!account) throw refused();
  const record = (succeeded: boolean, withMfa: boolean) => {
    recordSignIn(cloud, account, { user, sourceIp, succeeded, withMfa });
  };
  // A user without a password has none that could be right.
  if (user?.loginProfile?.password !== password) {
    record(false, false);
    throw refused();
  }
  const code = typed.optionalText("mfaCode");
  if (!isMfaRight(cloud, account, user, code)) {
    record(false, code !== undefined);
    throw refused();
  }
  const hasMfa = devicesOf({ account }, user).length > 0;
  const mfaAt = hasMfa ? cloud.now() : undefined;
  const origin = {
    kind: "user",
    name: user.name,
    through: "console",
    mfaAt,
  } as const;
  const session = openSession(cloud, account.id, origin, consoleSession);
  const call: Call = {
    cloud,
    account,
    caller: {
      kind: "user",
      accountId: account.id,
      user,
      session: cloud.passwordChangeTellsMfa
        ? session
        : { ...session, origin: { ...origin, tellsMfa: false } },
    },
    parameters: new Parameters({
      OldPassword: password,
      NewPassword: newPassword,
    }),
    sourceIp,
    region: "us-east-1",
  };
  await changeWhereNeeded(call, user, newPassword);
  record(true, hasMfa);
  user.passwordLastUsed = cloud.now();
  return session;
}

const findAccount = (cloud: Cloud, idOrAlias: string): Account | undefined =>
  cloud.accounts.get(idOrAlias) ??
  [...cloud.accounts.values()].find(({ alias }) => alias === idOrAlias);

/** A user without a device is asked for no code. */
function isMfaRight(
  cloud: Cloud,
  account: Account,
  user: User,
  code: string | undefined,
): boolean {
  const devices = devicesOf({ account }, user);
  const now = cloud.now();
  return (
    devices.length === 0 ||
    devices.some((device) => useCode(device, code ?? "", now))
  );
}

/** The page changes the password as the user: a policy that denies it makes this a dead end. */
async function changeWhereNeeded(
  call: Call,
  user: User,
  newPassword: string | undefined,
): Promise<void> {
  if (!mustChange(call, user)) return;
  if (newPassword === undefined) {
    throw new AwsError(
      "PasswordChangeRequired",
      "You must change your password to continue: give a new one.",
    );
  }
  await perform(call, "iam", "ChangePassword", iamOperations);
}

function mustChange({ cloud, account }: Call, user: User): boolean {
  const profile = user.loginProfile;
  if (!profile) return false;
  const { MaxPasswordAge, HardExpiry } = account.passwordPolicy ?? {};
  const age = cloud.now().getTime() - profile.changedAt.getTime();
  const expired =
    MaxPasswordAge !== undefined && age > MaxPasswordAge * 86_400_000;
  if (expired && HardExpiry) throw refused();
  return profile.passwordResetRequired || expired;
}
