import type { PasswordPolicy } from "@aws-sdk/client-iam";
import type { Account } from "../model";
import type { Call, Operations, Permission } from "../operation";
import { AwsError, existing } from "../errors";

/** Kinds of characters, with the member of a policy that asks for each. */
const kinds = [
  ["RequireUppercaseCharacters", /[A-Z]/, "uppercase letter"],
  ["RequireLowercaseCharacters", /[a-z]/, "lowercase letter"],
  ["RequireNumbers", /\d/, "number"],
  ["RequireSymbols", /[!@#$%^&*()_+\-=[\]{}|']/, "symbol"],
] as const;

/**
 * Where the account has no policy of its own, AWS asks for 8 characters of three kinds. Source: AWS
 * documentation, "Set an account password policy for IAM users".
 */
function* faultsOf(password: string, policy: PasswordPolicy | undefined) {
  const least = policy ? (policy.MinimumPasswordLength ?? 6) : 8;
  if (password.length < least) yield `have a minimum length of ${least}`;
  if (password.length > 128) yield "have a maximum length of 128";
  const missing = kinds.filter(([, pattern]) => !pattern.test(password));
  for (const [member, , what] of missing)
    if (policy?.[member]) yield `have at least one ${what}`;
  if (!policy && missing.length > 1)
    yield "have three of: uppercase letters, lowercase letters, numbers, symbols";
}

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
  const faults = [...faultsOf(password, passwordPolicy)];
  if (faults.length > 0)
    throw violation(`Password should ${faults.join(" and should ")}`);
  const barred = passwordPolicy?.PasswordReusePrevention ?? 0;
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
  caller.kind === "user" && account.passwordPolicy?.AllowUsersToChangePassword
    ? "unless denied"
    : "allow";

const flags = [
  ...kinds.map(([member]) => member),
  "AllowUsersToChangePassword",
  "HardExpiry",
] as const;

/** Replaces the whole policy: what the request leaves out goes back to AWS's default. */
function updatePolicy({ account, parameters }: Call): void {
  const MaxPasswordAge = parameters.number("MaxPasswordAge", undefined);
  account.passwordPolicy = {
    ...Object.fromEntries(flags.map((name) => [name, parameters.flag(name)])),
    MinimumPasswordLength: parameters.number("MinimumPasswordLength", 6),
    ExpirePasswords: MaxPasswordAge !== undefined,
    MaxPasswordAge,
    PasswordReusePrevention: parameters.number(
      "PasswordReusePrevention",
      undefined,
    ),
  };
}

const policyOf = ({ account: { id, passwordPolicy } }: Call): PasswordPolicy =>
  existing(passwordPolicy, `The Password Policy with domain name ${id}`);

/** What the account asks of its users' passwords. */
export const passwordPolicyOperations: Operations = {
  UpdateAccountPasswordPolicy: { run: updatePolicy },
  GetAccountPasswordPolicy: {
    permission: usersMayChangePassword,
    run: (call) => ({ PasswordPolicy: { ...policyOf(call) } }),
  },
  DeleteAccountPasswordPolicy: {
    run: (call) => {
      policyOf(call);
      delete call.account.passwordPolicy;
    },
  },
};
