import type { LoginProfile, User } from "../model";
import {
  AwsError,
  type Call,
  type Operations,
  type Result,
} from "../operation";
import { flag, required } from "../parameters";
import { onUserOrCaller } from "./actions";
import { arnOf, userOf } from "./entities";
import { alreadyExists, noSuchEntity } from "./errors";
import { checkPassword, usersMayChangePassword } from "./password-policy";

/** IAM remembers at most so many of a user's passwords. */
const remembered = 24;

/** Sets a password that the account's policy allows, and that was not used lately. */
function setPassword(
  { cloud, account }: Call,
  user: User,
  password: string,
  passwordResetRequired: boolean,
): LoginProfile {
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
  return user.loginProfile;
}

const describe = (user: User, profile: LoginProfile): Result => ({
  LoginProfile: {
    UserName: user.name,
    CreateDate: profile.createdAt,
    PasswordResetRequired: profile.passwordResetRequired,
  },
});

function profileOf(user: User): LoginProfile {
  if (user.loginProfile) return user.loginProfile;
  throw noSuchEntity(`Login Profile for User ${user.name}`);
}

function createProfile(call: Call): Result {
  const user = userOf(call);
  const { parameters } = call;
  if (user.loginProfile)
    throw alreadyExists(`Login Profile for user ${user.name}`);
  const password = required(parameters, "Password");
  const reset = flag(parameters, "PasswordResetRequired");
  return describe(user, setPassword(call, user, password, reset));
}

function updateProfile(call: Call): Result {
  const { parameters } = call;
  const user = userOf(call);
  const profile = profileOf(user);
  const reset = flag(
    parameters,
    "PasswordResetRequired",
    profile.passwordResetRequired,
  );
  const password = parameters.get("Password");
  if (password === undefined) profile.passwordResetRequired = reset;
  else setPassword(call, user, password, reset);
  return {};
}

/** @throws AwsError InvalidUserType for whoever is no IAM user. */
function callingUser({ caller }: Call): User {
  if (caller.kind === "user") return caller.user;
  throw new AwsError(
    "InvalidUserType",
    "Only an IAM user can change a password.",
  );
}

function changePassword(call: Call): Result {
  const { parameters } = call;
  const user = callingUser(call);
  const { password } = profileOf(user);
  if (password !== required(parameters, "OldPassword"))
    throw new AwsError("AccessDenied", "The old password was incorrect.", 403);
  setPassword(call, user, required(parameters, "NewPassword"), false);
  return {};
}

/** Console passwords. */
export const loginProfileOperations: Operations = {
  CreateLoginProfile: onUserOrCaller("CreateLoginProfile", createProfile),
  GetLoginProfile: onUserOrCaller("GetLoginProfile", (call) => {
    const user = userOf(call);
    return describe(user, profileOf(user));
  }),
  UpdateLoginProfile: onUserOrCaller("UpdateLoginProfile", updateProfile),
  DeleteLoginProfile: onUserOrCaller("DeleteLoginProfile", (call) => {
    const user = userOf(call);
    profileOf(user);
    delete user.loginProfile;
    return {};
  }),
  ChangePassword: {
    action: "iam:ChangePassword",
    resource: (call) => arnOf(call, "User", callingUser(call)),
    permission: usersMayChangePassword,
    run: changePassword,
  },
};
