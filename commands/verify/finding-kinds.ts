/** How much a finding weighs: an error fails the verification, the others do not. */
export type Level = "error" | "warning" | "note";

export interface KindFacts {
  readonly level: Level;
  /** What is wrong, as a title. */
  readonly title: string;
  /** What to do about it. */
  readonly remedy: string;
  /**
   * The controls that it fails: of the CIS AWS Foundations Benchmark v5.0.0 ("CIS 1.9") and of Security
   * Hub ("IAM.5"). Source: AWS documentation, "Security Hub CSPM controls for AWS Identity and Access
   * Management", related requirements.
   */
  readonly controls?: readonly string[];
}

const error = (
  title: string,
  remedy: string,
  controls: readonly string[] = [],
): KindFacts => ({ level: "error", title, remedy, controls });

/**
 * Source: Pulumi documentation, "pulumi up": without a refresh it compares the program with its state,
 * and says "unchanged" of what was changed by hand.
 */
const redeploy = (stack: string): string =>
  `Deploy ${stack} with what is there read anew: pulumi up --refresh.`;

const drift = (title: string, stack = "its stack"): KindFacts =>
  error(title, redeploy(stack));

/** All that can be found, in the order in which it is reported. */
export const factsOf = {
  "open-without-mfa": error(
    "A user can take a role without MFA",
    redeploy("both stacks"),
  ),
  "open-with-old-mfa": error(
    "A user can take a role with MFA that is older than the config allows",
    redeploy("both stacks"),
  ),
  "role-without-mfa": error(
    "A role's trust policy lets users of the bastion in without MFA",
    `${redeploy("the workload stack")} Until then only the groups' policies ask for MFA.`,
  ),
  "role-with-old-mfa": error(
    "A role's trust policy takes MFA that is older than the config allows",
    `${redeploy("the workload stack")} Until then only the groups' policies ask for fresh MFA.`,
  ),
  "open-not-granted": error(
    "A user can take a role that the config does not grant",
    "Mend the membership, the group's policy or the role that lets the user in, as its own finding says; or grant the role in the stack file.",
  ),
  "granted-but-closed": error(
    "A user can't take a role that the config grants",
    `${redeploy("both stacks")} A policy that the program does not know and that denies it is taken off by hand.`,
  ),
  undecided: error(
    "Undecided whether a user can take a role",
    "Simplify the policies' conditions until they can be decided.",
  ),
  "user-missing": drift(
    "A user of the config is not there",
    "the bastion's stack",
  ),
  "user-not-in-config": error(
    "The bastion has a user that the config does not know",
    "Add the user to the stack file (npm run adopt), or delete the user.",
  ),
  "user-outside-the-bastion": error(
    "A workload account has a user of its own",
    "Move the person into the bastion, and what runs there to a role.",
    ["CIS 1.20"],
  ),
  "user-holds-policy": error(
    "A user has a policy of their own",
    "Take it off: what a user may do comes from groups.",
    ["CIS 1.14", "IAM.2"],
  ),
  "acts-without-mfa": error(
    "A user can do more without MFA than enrol a device",
    redeploy("the bastion's stack"),
  ),
  "administers-the-bastion": error(
    "A user can change any identity in the bastion",
    "Take the policy that gives it away, as its own finding says: whoever has it can make themselves anybody.",
  ),
  "group-missing": drift(
    "A group of the config is not there",
    "the bastion's stack",
  ),
  "group-allows-more": drift(
    "A group's policies allow more than the config's do",
    "the bastion's stack",
  ),
  "group-allows-less": drift(
    "A group's policies allow less than the config's do",
    "the bastion's stack",
  ),
  "group-not-in-config": error(
    "The bastion has a group that the config does not know",
    "Delete the group, or make it a team in the stack file.",
  ),
  "membership-differs": drift(
    "A user is in other groups than the config says",
    "the bastion's stack",
  ),
  "unknown-administrator": error(
    "An identity that the config does not know is administrator",
    "Take its policies off and delete it; or name it by --known-role, or accept the finding by an exemption.",
    ["CIS 1.15", "IAM.1"],
  ),
  "unknown-iam-power": error(
    "An identity that the config does not know has power over IAM",
    "Take its policies off and delete it; or name it by --known-role, or accept the finding by an exemption.",
  ),
  "leads-to-administrator": error(
    "Others than those it is for get to an administrator's role",
    "Let its trust policy name those alone whom it is for.",
  ),
  "leads-to-more": error(
    "Whoever holds a role of the config gets to more than it allows",
    "Delete the role that gives it, or let it trust those alone whom it is for; or name it by --known-role.",
  ),
  "runs-with-more": {
    level: "warning",
    title: "A role of the config may change what perhaps runs with more",
    remedy: "Narrow that service's role, or name it by --known-role.",
  },
  "power-undecided": error(
    "Undecided what power an identity has, or gives to others",
    "Simplify its policies' conditions until they can be decided; or name it by --known-role.",
  ),
  "administrator-of-aws": {
    level: "note",
    title: "AWS made a role that is administrator",
    remedy:
      "Nothing, when its service is in use: see there who has it. Otherwise delete the role.",
  },
  "role-missing": error(
    "A role of the config is not there",
    redeploy("the workload stack"),
  ),
  "role-allows-more": drift("A role may do more than the config says"),
  "role-allows-less": drift("A role may do less than the config says"),
  "role-trusts-more": drift(
    "A role lets in others than the config says, or on easier terms",
  ),
  "role-trusts-less": drift("A role does not let in all whom the config says"),
  "boundary-differs": drift(
    "A role or user has another permissions boundary than the config says",
  ),
  "pipeline-bound-differs": error(
    "The policy that bounds what a pipeline makes is not as the config says",
    "Deploy the stack that makes it by hand: the pipeline can't change it.",
  ),
  "boundary-closes-all": error(
    "A role can do nothing, since its permissions boundary closes it",
    "Set a version of the boundary that allows what the role is for as its default (aws iam set-default-policy-version), or deploy the stack that makes it.",
  ),
  "path-differs": drift(
    "A user, group or role has another path than the config says",
  ),
  "session-differs": drift(
    "Sessions of a role may last longer or shorter than the config says",
  ),
  "tags-differ": drift("A role or user has other tags than the config says"),
  "comparison-undecided": drift(
    "Undecided whether a role or group is as the config says",
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
    remedy:
      "See that it is meant, and accept it by an exemption (--known): people come from the bastion.",
  },
  "federation-not-pinned": error(
    "A role lets in tokens that anybody could get",
    "Pin the audience and the subject in the trust policy.",
  ),
  "federation-foreign": error(
    "A role lets in tokens of an identity provider that are none of ours",
    "Take the provider out of the trust policy, or ask for tokens of ours; when they are yours, add the issuer or its tenant to identityProviders in the file of --known.",
  ),
  "federation-not-named": {
    level: "warning",
    title: "A role lets in tokens, and nothing says that they are for it",
    remedy:
      "Name whose tokens are yours under identityProviders in the file of --known; or take the provider out of the trust policy.",
  },
  "identity-provider-differs": error(
    "An identity provider of the config is not there, or does not take its tokens",
    redeploy("its stack"),
  ),
  "identity-provider-takes-more": {
    level: "warning",
    title: "An identity provider of the config takes tokens for others",
    remedy: redeploy("its stack"),
  },
  "identity-provider-not-in-config": {
    level: "warning",
    title: "An account has an identity provider that the config does not know",
    remedy:
      "Delete it; or, when its tokens are yours, name its issuer under identityProviders in the file of --known.",
  },
  "account-alias-differs": drift(
    "The bastion's alias, in its sign-in address, is not the config's",
    "the bastion's stack",
  ),
  "root-keys": error(
    "Root has access keys",
    "Sign in as root and delete them.",
    ["CIS 1.3", "IAM.4"],
  ),
  "root-without-mfa": error(
    "Root has a password and no MFA",
    "Sign in as root and register a device, or take the password away by centralised root access.",
    ["CIS 1.4", "IAM.9"],
  ),
  "root-with-virtual-mfa": {
    level: "note",
    title: "Root's MFA device is an app",
    remedy:
      "Sign in as root and register a security key or hardware token in its place, or take the password away by centralised root access.",
    controls: ["CIS 1.5", "IAM.6"],
  },
  "central-root-access-off": {
    level: "warning",
    title: "Root of the member accounts is not managed centrally",
    remedy:
      "Enable RootCredentialsManagement for the organisation, in its management account.",
  },
  "password-policy-weak": error(
    "The bastion's password policy is weaker than the config's",
    redeploy("the bastion's stack"),
    ["CIS 1.7", "CIS 1.8", "IAM.15", "IAM.16"],
  ),
  "user-without-mfa": error(
    "A user who can sign in has no MFA device",
    "Have the user enrol a device; take password and keys away from those who do not.",
    ["CIS 1.9", "IAM.5", "IAM.19"],
  ),
  "password-not-in-config": error(
    "A user without console access has a password",
    "Delete the login profile, or set consoleAccess in the stack file.",
  ),
  "key-not-in-config": error(
    "A user without programmatic access has an active access key",
    "Delete the key, or set programmaticAccess in the stack file.",
  ),
  "password-unused": error(
    "A password has not been used for longer than the limit",
    "Delete it; or take its user out of the stack file, and deploy the bastion's stack.",
    ["CIS 1.11", "IAM.22"],
  ),
  "two-active-keys": {
    level: "warning",
    title: "A user has two active access keys",
    remedy: "Delete the older one, once its owner uses the newer.",
    controls: ["CIS 1.12"],
  },
  "key-old": error(
    "An access key is older than the limit",
    "Delete it, once its owner uses a new one.",
    ["CIS 1.13", "IAM.3"],
  ),
  "key-unused": error(
    "An access key has not been used for longer than the limit",
    "Delete it.",
    ["CIS 1.11", "IAM.22"],
  ),
  "exemption-expired": error(
    "A finding was accepted until a day that has passed",
    "Remedy what the exemption was for and take it out of the file, or give it another date and reason.",
  ),
  "exemption-unused": {
    level: "warning",
    title: "An exemption, or a known role, matches nothing",
    remedy: "Take it out, or correct the ARN and the rule.",
  },
  "holds-cloudshell": {
    level: "warning",
    title: "An identity has AWSCloudShellFullAccess",
    remedy:
      "Detach it: a shell in the account can carry files out and in. A policy of your own can leave out cloudshell:GetFileDownloadUrls and cloudshell:GetFileUploadUrls.",
    controls: ["CIS 1.21", "IAM.27"],
  },
  "no-support-role": {
    level: "note",
    title: "No role of an account is for its support cases",
    remedy:
      'Add one to roles in Pulumi.yaml, as Support: { managedPolicies: ["AWSSupportAccess"] }, grant it to a team, and deploy both stacks.',
    controls: ["CIS 1.16", "IAM.18"],
  },
  "no-external-access-analyzer": {
    level: "note",
    title: "No analyzer of the account looks for access from outside",
    remedy:
      "Create one in each region in use. One of the whole organisation, in another account, does not show here.",
    controls: ["CIS 1.19", "IAM.28"],
  },
} as const satisfies Readonly<Record<string, KindFacts>>;

export type FindingKind = keyof typeof factsOf;

export const findingKinds = Object.keys(factsOf) as readonly FindingKind[];

export const controlsOf = (kind: FindingKind): readonly string[] => {
  const { controls = [] }: KindFacts = factsOf[kind];
  return controls;
};
