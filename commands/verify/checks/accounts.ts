import type { PasswordPolicy } from "@aws-sdk/client-iam";
import type { AccountPart } from "../../accounts/live-account";
import type { NamedAccount } from "../../accounts/organisation";
import { bastionOf } from "../assignments";
import { holdsUsersAlone, type ExpectedAccess } from "../expected";
import type { Facts } from "../facts";
import { inAccount } from "../remedies";
import { iamCall } from "../../formats/aws-command";
import { findingsAbout, type Fault, type Findings } from "../findings";

/** Root, password policy and who watches: what holds for an account as a whole. */
export function* checkAccounts(facts: Facts): Findings {
  const { organisation, expected } = facts;
  for (const account of organisation.accounts) {
    const root = rootOf(account);
    if (root !== undefined) yield* checkRoot(account, root);
    yield* checkWatch(account, expected);
  }
  const bastion = bastionOf(organisation, expected);
  if (bastion === undefined) return;
  yield* findingsAbout(bastion, rootArn(bastion), [
    [
      organisation.centralRootAccess === "off",
      "central-root-access-off",
      "the organisation does not manage root credentials of its member accounts centrally",
      // Who was told so is of the management account, or of its delegate.
      organisation.callerAccountId === undefined
        ? undefined
        : `${inAccount({ id: organisation.callerAccountId }, [iamCall("enable-organizations-root-credentials-management", {})])} ${trustedAccess}`,
    ],
    ...(isRead(bastion, "the alias") ? [aliasFault(bastion, expected)] : []),
    ...(isRead(bastion, "the password policy")
      ? weaknesses(bastion.live.passwordPolicy, expected.passwordPolicy)
      : []),
  ]);
}

/** Source: IAM API reference, "EnableOrganizationsRootCredentialsManagement". */
const trustedAccess =
  "Where IAM has no trusted access to the organisation, that is enabled first (aws organizations enable-aws-service-access --service-principal iam.amazonaws.com).";

const rootArn = ({ id, live }: NamedAccount): string =>
  `arn:${live.partition}:iam::${id}:root`;

/** Where config names none, any will do: the sign-in address has the account's id. */
function aliasFault(
  bastion: NamedAccount,
  { accountAlias: meant }: ExpectedAccess,
): Fault {
  const { alias } = bastion.live;
  return [
    meant !== null && alias !== meant,
    "account-alias-differs",
    `the alias of ${bastion.name} is ${alias ?? "not there"}, and the config says ${meant ?? "nothing"}: the sign-in address that people know leads elsewhere`,
    alias === undefined
      ? undefined
      : // An account has one: the deployment makes its own where there is none.
        `${inAccount(bastion, [iamCall("delete-account-alias", { "account-alias": alias })])} Then deploy its stack: pulumi up --refresh.`,
  ];
}

/** Root, as `GetAccountSummary` shows it. */
export interface RootState {
  readonly hasKeys: boolean;
  readonly hasMfa: boolean;
  /** undefined: AWS does not say. */
  readonly hasPassword: boolean | undefined;
}

/** undefined: it could not be read. */
export function rootOf(account: NamedAccount): RootState | undefined {
  const { summary } = account.live;
  if (!isRead(account, "root")) return undefined;
  const password = summary["AccountPasswordPresent"];
  return {
    hasKeys: (summary["AccountAccessKeysPresent"] ?? 0) > 0,
    hasMfa: (summary["AccountMFAEnabled"] ?? 0) > 0,
    hasPassword: password === undefined ? undefined : password > 0,
  };
}

const isRead = ({ live }: NamedAccount, part: AccountPart): boolean =>
  live.unreadParts?.has(part) !== true;

function checkRoot(
  account: NamedAccount,
  { hasKeys, hasMfa, hasPassword }: RootState,
): Findings {
  return findingsAbout(account, rootArn(account), [
    [hasKeys, "root-keys", `root of ${account.name} has access keys`],
    [
      // Without a password there is nothing to sign in with, and nothing for a device to guard.
      !hasMfa && hasPassword !== false && !isGovCloud(account),
      "root-without-mfa",
      `root of ${account.name} has no MFA device`,
    ],
    [
      account.live.rootHasVirtualMfa,
      "root-with-virtual-mfa",
      `root of ${account.name} has an authenticator app for its MFA device`,
    ],
  ]);
}

/**
 * Where root has no console to sign in to, and takes no device. Source: AWS GovCloud (US) User Guide, "AWS
 * Identity and Access Management in AWS GovCloud (US)".
 */
const isGovCloud = ({ live }: NamedAccount): boolean =>
  live.partition === "aws-us-gov";

/** The role of CIS 1.16. */
const supportPolicy = "AWSSupportAccess";

function checkWatch(account: NamedAccount, expected: ExpectedAccess): Findings {
  const { name, live } = account;
  const { region } = expected;
  const hasSupport = live.roles.some(({ attachedPolicies }) =>
    attachedPolicies.some((policy) => policy.name === supportPolicy),
  );
  return findingsAbout(account, rootArn(account), [
    [
      // Nothing runs in the bastion that a case could be about, and no stack makes such a role there.
      !hasSupport && !holdsUsersAlone(expected, account),
      "no-support-role",
      `no role of ${name} has ${supportPolicy}`,
    ],
    [
      live.externalAccessAnalyzer === "off",
      "no-external-access-analyzer",
      `${name} has none in ${region}; other regions are not looked at`,
      inAccount(account, [
        `aws accessanalyzer create-analyzer --analyzer-name account --type ACCOUNT --region ${region}`,
      ]),
    ],
    [
      live.externalAccessAnalyzer === "not known",
      "no-external-access-analyzer",
      `whether ${name} has one could not be read`,
    ],
  ]);
}

function weaknesses(
  found: PasswordPolicy | undefined,
  meant: ExpectedAccess["passwordPolicy"],
): readonly Fault[] {
  const rule = "password-policy-weak";
  if (found === undefined) {
    return [[true, rule, "the account has none, so that AWS's own applies"]];
  }
  // What IAM holds passwords to where the policy names no length.
  const { MinimumPasswordLength: length = 6 } = found;
  const { PasswordReusePrevention: rememberedPasswords = 0 } = found;
  const maxAgeDays = found.ExpirePasswords ? found.MaxPasswordAge : undefined;
  const faults: readonly (readonly [boolean | undefined, string])[] = [
    [
      length < meant.minimumLength,
      `passwords of ${length} characters will do, and the config says ${meant.minimumLength}`,
    ],
    [!found.RequireLowercaseCharacters, "no lower-case letter is asked for"],
    [!found.RequireUppercaseCharacters, "no upper-case letter is asked for"],
    [!found.RequireNumbers, "no digit is asked for"],
    [!found.RequireSymbols, "no symbol is asked for"],
    [
      !found.AllowUsersToChangePassword,
      "users may not change their own password",
    ],
    [
      meant.maxAgeDays > 0 && (maxAgeDays ?? Infinity) > meant.maxAgeDays,
      `passwords last ${maxAgeDays === undefined ? "for ever" : `${maxAgeDays} days`}, and the config says ${meant.maxAgeDays} days`,
    ],
    [
      rememberedPasswords < meant.rememberedPasswords,
      `${rememberedPasswords} earlier passwords are remembered, and the config says ${meant.rememberedPasswords}`,
    ],
    [
      found.HardExpiry,
      "an expired password locks its user out until an administrator helps",
    ],
  ];
  return faults.map(([isFault, message]) => [isFault, rule, message]);
}
