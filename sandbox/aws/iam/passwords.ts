import type { Account, LoginProfile, PasswordPolicy, User } from "../model";
import {
  AwsError,
  type Call,
  type Operation,
  type Operations,
  type Result,
} from "../operation";
import { flag, required, wholeNumber } from "../parameters";
import { userArnOf, userOf } from "./entities";
import { alreadyExists, noSuchEntity } from "./errors";

const on = (action: string, run: Operation["run"]): Operation => ({
  action: `iam:${action}`,
  resource: userArnOf,
  run,
});

/** What AWS asks of a password where the account has no policy of its own. */
const defaultPolicy = { minimumPasswordLength: 8 };

/** @throws AwsError PasswordPolicyViolation. */
export function checkPassword(
  { passwordPolicy }: Account,
  password: string,
): void {
  const policy: Partial<PasswordPolicy> = passwordPolicy ?? defaultPolicy;
  const least = policy.minimumPasswordLength ?? 6;
  const faults = [
    password.length < least && `be at least ${least} characters long`,
    policy.requireUppercaseCharacters &&
      !/[A-Z]/.test(password) &&
      "contain an uppercase letter",
    policy.requireLowercaseCharacters &&
      !/[a-z]/.test(password) &&
      "contain a lowercase letter",
    policy.requireNumbers && !/\d/.test(password) && "contain a number",
    policy.requireSymbols &&
      !/[^A-Za-z0-9\s]/.test(password) &&
      "contain a symbol",
  ].filter((fault) => typeof fault === "string");
  if (faults.length === 0) return;
  throw new AwsError(
    "PasswordPolicyViolation",
    `Password should ${faults.join(" and should ")}`,
  );
}

/** Sets a password that the account's policy allows, and that was not used lately. */
export function setPassword(
  { cloud, account }: Pick<Call, "cloud" | "account">,
  user: User,
  password: string,
  passwordResetRequired: boolean,
): LoginProfile {
  checkPassword(account, password);
  const remembered = account.passwordPolicy?.passwordReusePrevention ?? 0;
  const earlier = user.loginProfile
    ? [...user.loginProfile.earlierPasswords, user.loginProfile.password].slice(
        -24,
      )
    : [];
  if (remembered > 0 && earlier.slice(-remembered).includes(password)) {
    throw new AwsError(
      "PasswordPolicyViolation",
      "Password has been used before",
    );
  }
  user.loginProfile = {
    password,
    passwordResetRequired,
    earlierPasswords: earlier,
    createdAt: user.loginProfile?.createdAt ?? cloud.now(),
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

function profileOf(call: Call): { user: User; profile: LoginProfile } {
  const user = userOf(call);
  if (user.loginProfile) return { user, profile: user.loginProfile };
  throw noSuchEntity(`Login Profile for User ${user.name}`);
}

function changePassword(call: Call): Result {
  const { caller, parameters } = call;
  if (caller.kind !== "user") {
    throw new AwsError(
      "InvalidUserType",
      "Only an IAM user can change a password.",
    );
  }
  const { user } = caller;
  if (user.loginProfile?.password !== required(parameters, "OldPassword")) {
    throw new AwsError("AccessDenied", "The old password was incorrect.", 403);
  }
  setPassword(call, user, required(parameters, "NewPassword"), false);
  return {};
}

const bounds = {
  MinimumPasswordLength: { least: 6, most: 128 },
  MaxPasswordAge: { least: 1, most: 1_095 },
  PasswordReusePrevention: { least: 1, most: 24 },
};

function updatePolicy({ account, parameters }: Call): Result {
  const number = (name: keyof typeof bounds) =>
    wholeNumber(parameters, name, bounds[name], undefined);
  const maxPasswordAge = number("MaxPasswordAge");
  const passwordReusePrevention = number("PasswordReusePrevention");
  account.passwordPolicy = {
    minimumPasswordLength: number("MinimumPasswordLength") ?? 6,
    requireSymbols: flag(parameters, "RequireSymbols"),
    requireNumbers: flag(parameters, "RequireNumbers"),
    requireUppercaseCharacters: flag(parameters, "RequireUppercaseCharacters"),
    requireLowercaseCharacters: flag(parameters, "RequireLowercaseCharacters"),
    allowUsersToChangePassword: flag(parameters, "AllowUsersToChangePassword"),
    hardExpiry: flag(parameters, "HardExpiry"),
    ...(maxPasswordAge === undefined ? {} : { maxPasswordAge }),
    ...(passwordReusePrevention === undefined
      ? {}
      : { passwordReusePrevention }),
  };
  return {};
}

function policyOf({ account }: Call): PasswordPolicy {
  if (account.passwordPolicy) return account.passwordPolicy;
  throw noSuchEntity(`The Password Policy with domain name ${account.id}`);
}

function describePolicy(policy: PasswordPolicy): Result {
  return {
    PasswordPolicy: {
      MinimumPasswordLength: policy.minimumPasswordLength,
      RequireSymbols: policy.requireSymbols,
      RequireNumbers: policy.requireNumbers,
      RequireUppercaseCharacters: policy.requireUppercaseCharacters,
      RequireLowercaseCharacters: policy.requireLowercaseCharacters,
      AllowUsersToChangePassword: policy.allowUsersToChangePassword,
      ExpirePasswords: policy.maxPasswordAge !== undefined,
      MaxPasswordAge: policy.maxPasswordAge,
      PasswordReusePrevention: policy.passwordReusePrevention,
      HardExpiry: policy.hardExpiry,
    },
  };
}

/** Console passwords, and what the account asks of them. */
export const passwordOperations: Operations = {
  CreateLoginProfile: on("CreateLoginProfile", (call) => {
    const user = userOf(call);
    if (user.loginProfile)
      throw alreadyExists(`Login Profile for user ${user.name}`);
    const { parameters } = call;
    const password = required(parameters, "Password");
    return describe(
      user,
      setPassword(
        call,
        user,
        password,
        flag(parameters, "PasswordResetRequired"),
      ),
    );
  }),
  GetLoginProfile: on("GetLoginProfile", (call) => {
    const { user, profile } = profileOf(call);
    return describe(user, profile);
  }),
  UpdateLoginProfile: on("UpdateLoginProfile", (call) => {
    const { user, profile } = profileOf(call);
    const { parameters } = call;
    const reset = flag(
      parameters,
      "PasswordResetRequired",
      profile.passwordResetRequired,
    );
    const password = parameters.get("Password");
    if (password === undefined) profile.passwordResetRequired = reset;
    else setPassword(call, user, password, reset);
    return {};
  }),
  DeleteLoginProfile: on("DeleteLoginProfile", (call) => {
    delete profileOf(call).user.loginProfile;
    return {};
  }),
  ChangePassword: {
    ...on("ChangePassword", changePassword),
    // The account's own setting lets its users do so; a deny still closes it.
    permission: ({ account }) =>
      account.passwordPolicy?.allowUsersToChangePassword
        ? "unless denied"
        : "allow",
  },
  UpdateAccountPasswordPolicy: {
    action: "iam:UpdateAccountPasswordPolicy",
    run: updatePolicy,
  },
  GetAccountPasswordPolicy: {
    action: "iam:GetAccountPasswordPolicy",
    run: (call) => describePolicy(policyOf(call)),
  },
  DeleteAccountPasswordPolicy: {
    action: "iam:DeleteAccountPasswordPolicy",
    run: (call) => {
      policyOf(call);
      delete call.account.passwordPolicy;
      return {};
    },
  },
};
