/** How much a finding weighs: an error fails the verification, the others do not. */
export type Level = "error" | "warning" | "note";

export interface KindFacts {
  readonly level: Level;
  /** What is wrong, as a title. */
  readonly title: string;
  /** What to do about it. */
  readonly remedy: string;
}

const error = (title: string, remedy: string): KindFacts => ({
  level: "error",
  title,
  remedy,
});

/** All that can be found, in the order in which it is reported. */
export const factsOf = {
  "open-without-mfa": error(
    "A user can take a role without MFA",
    "Put the condition on aws:MultiFactorAuthPresent back into the role's trust policy and the group's policy: deploy the stack.",
  ),
  "open-with-old-mfa": error(
    "A user can take a role with MFA that is older than the config allows",
    "Put the condition on aws:MultiFactorAuthAge back: deploy the stack.",
  ),
  "role-without-mfa": error(
    "A role's trust policy lets users of the bastion in without MFA",
    "Deploy the workload stack. Until then only the groups' policies ask for MFA.",
  ),
  "role-with-old-mfa": error(
    "A role's trust policy takes MFA that is older than the config allows",
    "Deploy the workload stack. Until then only the groups' policies ask for fresh MFA.",
  ),
  "open-not-granted": error(
    "A user can take a role that the config does not grant",
    "Take the permission away, or grant it in the stack file.",
  ),
  "granted-but-closed": error(
    "A user can't take a role that the config grants",
    "Deploy both stacks; look for a deny or a boundary that was added by hand.",
  ),
  undecided: error(
    "Undecided whether a user can take a role",
    "Simplify the policies' conditions until they can be decided.",
  ),
  "user-missing": error(
    "A user of the config is not there",
    "Deploy the bastion's stack.",
  ),
  "user-not-in-config": error(
    "The bastion has a user that the config does not know",
    "Add the user to the stack file (npm run adopt), or delete the user.",
  ),
  "user-outside-the-bastion": error(
    "A workload account has a user of its own",
    "Move the person into the bastion, and what runs there to a role.",
  ),
  "user-holds-policy": error(
    "A user has a policy of their own",
    "Take it off: what a user may do comes from groups.",
  ),
  "acts-without-mfa": error(
    "A user can do more without MFA than enrol a device",
    "Put the deny-unless-MFA statement back: deploy the bastion's stack.",
  ),
  "administers-the-bastion": error(
    "A user can change any identity in the bastion",
    "Take the permission away: whoever has it can make themselves anybody.",
  ),
  "group-differs": error(
    "A group of the bastion is not as the config has it",
    "Deploy the bastion's stack.",
  ),
  "group-not-in-config": error(
    "The bastion has a group that the config does not know",
    "Delete the group, or make it a team in the stack file.",
  ),
  "membership-differs": error(
    "A user is in other groups than the config says",
    "Deploy the bastion's stack.",
  ),
  "unknown-administrator": error(
    "An identity that the config does not know is administrator",
    "Take its policies off and delete it; or name it by --known-role, or accept the finding by an exemption.",
  ),
  "unknown-iam-power": error(
    "An identity that the config does not know has power over IAM",
    "Take its policies off and delete it; or name it by --known-role, or accept the finding by an exemption.",
  ),
  "leads-to-administrator": error(
    "Others than those it is for get to an administrator's role",
    "Let its trust policy name those alone whom it is for.",
  ),
  "power-undecided": error(
    "Undecided whether an identity has power over IAM",
    "Simplify its policies' conditions until they can be decided; or name it by --known-role.",
  ),
  "administrator-of-aws": {
    level: "note",
    title: "AWS made a role that is administrator",
    remedy: "Nothing, when its service is in use: see there who has it.",
  },
  "role-missing": error(
    "A role of the config is not there",
    "Deploy the workload stack.",
  ),
  "role-not-in-config": error(
    "A role that people could take is not in the config",
    "Delete the role, or write it into the stack's roles.",
  ),
  "role-trusts-outside": error(
    "A role lets in callers from outside the organisation's accounts",
    "Take the principal out of the trust policy, or name the account with --known-account.",
  ),
  "role-trusts-another-account": {
    level: "warning",
    title: "A role lets in callers from another workload account",
    remedy: "See that it is meant; people come from the bastion.",
  },
  "federation-not-pinned": error(
    "A role lets in tokens that anybody could get",
    "Pin the audience and the subject in the trust policy.",
  ),
  "root-keys": error(
    "Root has access keys",
    "Sign in as root and delete them.",
  ),
  "root-without-mfa": error(
    "Root has a password and no MFA",
    "Sign in as root and register a device, or take the password away by centralised root access.",
  ),
  "central-root-access-off": {
    level: "warning",
    title: "Root of the member accounts is not managed centrally",
    remedy:
      "Enable RootCredentialsManagement for the organisation (aws iam enable-organizations-root-credentials-management).",
  },
  "password-policy-weak": error(
    "The bastion's password policy is weaker than the config's",
    "Deploy the bastion's stack.",
  ),
  "user-without-mfa": error(
    "A user who can sign in has no MFA device",
    "Have the user enrol a device; take password and keys away from those who do not.",
  ),
  "password-not-in-config": error(
    "A user without console access has a password",
    "Delete the login profile, or set consoleAccess in the stack file.",
  ),
  "key-not-in-config": error(
    "A user without programmatic access has an active access key",
    "Delete the key, or set programmaticAccess in the stack file.",
  ),
  "key-old": error(
    "An access key is older than the limit",
    "Have its owner make a new key, and delete this one.",
  ),
  "key-unused": error(
    "An access key has not been used for longer than the limit",
    "Deactivate and delete it.",
  ),
  "exemption-expired": error(
    "A finding was accepted until a day that has passed",
    "Remedy what the exemption was for and take it out of the file, or give it another date and reason.",
  ),
  "exemption-unused": {
    level: "warning",
    title: "An exemption matches no finding",
    remedy: "Take it out of the file, or correct its resource and rule.",
  },
} as const satisfies Readonly<Record<string, KindFacts>>;

export type FindingKind = keyof typeof factsOf;

export const findingKinds = Object.keys(factsOf) as readonly FindingKind[];

/** One thing that is not as it should be. */
export interface AccountFinding {
  readonly rule: FindingKind;
  readonly level: Level;
  readonly account: { readonly id: string; readonly name: string };
  /** An ARN; of the account's root where it is about the account. */
  readonly subject: string;
  readonly message: string;
  /** What to do about this one, where that says more than what is to do about its kind. */
  readonly remedy?: string;
}

export const finding = (
  rule: FindingKind,
  account: AccountFinding["account"],
  subject: string,
  message: string,
  remedy?: string,
): AccountFinding => ({
  rule,
  level: factsOf[rule].level,
  account: { id: account.id, name: account.name },
  subject,
  message,
  ...(remedy === undefined ? {} : { remedy }),
});

/** As a check tells of them, one after the other. */
export type Findings = Iterable<AccountFinding>;

/** Whether something is wrong, and what. */
export type Fault = readonly [
  isFault: boolean | undefined,
  rule: FindingKind,
  message: string,
];

export function* findingsAbout(
  account: AccountFinding["account"],
  subject: string,
  faults: readonly Fault[],
): Findings {
  for (const [isFault, rule, message] of faults) {
    if (isFault) yield finding(rule, account, subject, message);
  }
}
