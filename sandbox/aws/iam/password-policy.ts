import type { Account, PasswordPolicy } from "../model";
import type { Call, Operations, Permission, Result } from "../operation";
import { AwsError, noSuchEntity } from "../errors";

/**
 * What AWS asks of a password where the account has no policy of its own. Source: AWS
 * documentation, "Set an account password policy for IAM users".
 */
const defaultPolicy: Partial<PasswordPolicy> = { minimumPasswordLength: 8 };

const kinds = {
  uppercase: /[A-Z]/,
  lowercase: /[a-z]/,
  digits: /\d/,
  symbols: /[!@#$%^&*()_+\-=[\]{}|']/,
};

const kindsIn = (password: string): number =>
  Object.values(kinds).filter((kind) => kind.test(password)).length;

/**
 * `earlier`: the user's passwords so far, the current one last.
 *
 * @throws AwsError PasswordPolicyViolation.
 */
export function checkPassword(
  { passwordPolicy }: Account,
  password: string,
  earlier: readonly string[],
): void {
  const policy = passwordPolicy ?? defaultPolicy;
  const least = policy.minimumPasswordLength ?? 6;
  const faults = [
    password.length < least && `have a minimum length of ${least}`,
    password.length > 128 && "have a maximum length of 128",
    policy.requireUppercaseCharacters &&
      !kinds.uppercase.test(password) &&
      "have at least one uppercase letter",
    policy.requireLowercaseCharacters &&
      !kinds.lowercase.test(password) &&
      "have at least one lowercase letter",
    policy.requireNumbers &&
      !kinds.digits.test(password) &&
      "have at least one number",
    policy.requireSymbols &&
      !kinds.symbols.test(password) &&
      "have at least one symbol",
    !passwordPolicy &&
      kindsIn(password) < 3 &&
      "have three of: uppercase letters, lowercase letters, numbers, symbols",
  ].filter((fault) => typeof fault === "string");
  if (faults.length > 0)
    throw violation(`Password should ${faults.join(" and should ")}`);
  const barred = policy.passwordReusePrevention ?? 0;
  if (barred > 0 && earlier.slice(-barred).includes(password)) {
    throw violation(
      `Password was used before: it must differ from the last ${barred}`,
    );
  }
}

const violation = (message: string): AwsError =>
  new AwsError("PasswordPolicyViolation", message);

/**
 * The account's own setting lets its users change their password, and read what is asked of one,
 * without a policy that says so; a deny still closes it.
 */
export const usersMayChangePassword = ({
  account,
  caller,
}: Call): Permission =>
  caller.kind === "user" && account.passwordPolicy?.allowUsersToChangePassword
    ? "unless denied"
    : "allow";

const bounds = {
  MinimumPasswordLength: { least: 6, most: 128 },
  MaxPasswordAge: { least: 1, most: 1_095 },
  PasswordReusePrevention: { least: 1, most: 24 },
};

/** Replaces the whole policy: what the request leaves out goes back to AWS's default. */
function updatePolicy({ account, parameters }: Call): void {
  const number = (name: keyof typeof bounds) =>
    parameters.wholeNumber(name, bounds[name], undefined);
  const maxPasswordAge = number("MaxPasswordAge");
  const passwordReusePrevention = number("PasswordReusePrevention");
  account.passwordPolicy = {
    minimumPasswordLength: number("MinimumPasswordLength") ?? 6,
    requireSymbols: parameters.flag("RequireSymbols"),
    requireNumbers: parameters.flag("RequireNumbers"),
    requireUppercaseCharacters: parameters.flag("RequireUppercaseCharacters"),
    requireLowercaseCharacters: parameters.flag("RequireLowercaseCharacters"),
    allowUsersToChangePassword: parameters.flag("AllowUsersToChangePassword"),
    hardExpiry: parameters.flag("HardExpiry"),
    ...(maxPasswordAge === undefined ? {} : { maxPasswordAge }),
    ...(passwordReusePrevention === undefined
      ? {}
      : { passwordReusePrevention }),
  };
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

/** What the account asks of its users' passwords. */
export const passwordPolicyOperations: Operations = {
  UpdateAccountPasswordPolicy: { run: updatePolicy },
  GetAccountPasswordPolicy: {
    permission: usersMayChangePassword,
    run: (call) => describePolicy(policyOf(call)),
  },
  DeleteAccountPasswordPolicy: {
    run: (call) => {
      policyOf(call);
      delete call.account.passwordPolicy;
    },
  },
};
