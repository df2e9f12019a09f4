import type { LoginProfile, User } from "../model";
import type { Call, Operations, Result } from "../operation";
import { onUserOrCaller } from "./actions";
import { arnOf } from "./entities";
import { AwsError, alreadyExists, existing } from "../errors";
import { checkPassword, usersMayChangePassword } from "./password-policy";

/** IAM remembers at most so many of a user's passwords. */
const remembered = 24;

/** Sets a password that the account's policy allows, and that was not used lately. */
function setPassword(
  { cloud, account }: Call,
  user: User,
  password: string,
  passwordResetRequired: boolean,
): void {
  const before = user.loginProfile;
  const earlier = before
    ? [...before.earlierPasswords, before.password].slice(-remembered)
    : [];
  checkPassword(account, password, earlier);
  user.loginProfile = {
    password,
    passwordResetRequired,
    earlierPasswords: earlier,
    createdAt: before?.createdAt ?? cloud.now(),
    changedAt: cloud.now(),
  };
}

const describe = (user: User): Result => {
  const { createdAt, passwordResetRequired } = profileOf(user);
  return {
    LoginProfile: {
      UserName: user.name,
      CreateDate: createdAt,
      PasswordResetRequired: passwordResetRequired,
    },
  };
};

const profileOf = ({ name, loginProfile }: User): LoginProfile =>
  existing(loginProfile, `Login Profile for User ${name}`);

function createProfile(user: User, call: Call): Result {
  const { parameters } = call;
  if (user.loginProfile)
    throw alreadyExists(`Login Profile for user ${user.name}`);
  const password = parameters.required("Password");
  const reset = parameters.flag("PasswordResetRequired");
  setPassword(call, user, password, reset);
  return describe(user);
}

function updateProfile(user: User, call: Call): void {
  const { parameters } = call;
  const profile = profileOf(user);
  const reset = parameters.flag(
    "PasswordResetRequired",
    profile.passwordResetRequired,
  );
  const password = parameters.get("Password");
  if (password === undefined) profile.passwordResetRequired = reset;
  else setPassword(call, user, password, reset);
}

/** @throws AwsError InvalidUserType for whoever is no IAM user. */
function callingUser({ caller }: Call): User {
  if (caller.kind === "user") return caller.user;
  throw new AwsError(
    "InvalidUserType",
    "Only an IAM user can change a password.",
  );
}

function changePassword(call: Call): void {
  const { parameters } = call;
  const user = callingUser(call);
  const { password } = profileOf(user);
  if (password !== parameters.required("OldPassword"))
    throw new AwsError("AccessDenied", "The old password was incorrect.");
  setPassword(call, user, parameters.required("NewPassword"), false);
}

/** Console passwords. */
export const loginProfileOperations: Operations = {
  CreateLoginProfile: {
    ...onUserOrCaller(createProfile),
    lacks: ["MaxSigninSessionDuration"],
  },
  GetLoginProfile: onUserOrCaller(describe),
  UpdateLoginProfile: {
    ...onUserOrCaller(updateProfile),
    lacks: ["MaxSigninSessionDuration", "ResetMaxSigninSessionDuration"],
  },
  DeleteLoginProfile: onUserOrCaller((user) => {
    profileOf(user);
    delete user.loginProfile;
  }),
  ChangePassword: {
    resource: (call) => arnOf(call, "User", callingUser(call)),
    permission: usersMayChangePassword,
    run: changePassword,
  },
};
