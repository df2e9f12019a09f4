import { iamArn, type AccountId, type Partition } from "../partition";
import { allow, policyDocument, type PolicyDocument } from "./policy-document";

/** What config may add. */
export interface FurtherSelfService {
  readonly listUsers: boolean;
  readonly signingCertificates: boolean;
  readonly sshKeys: boolean;
}

const ownSigningCertificates = [
  "iam:DeleteSigningCertificate",
  "iam:ListSigningCertificates",
  "iam:UpdateSigningCertificate",
  "iam:UploadSigningCertificate",
];

const ownSshKeys = [
  "iam:DeleteSSHPublicKey",
  "iam:GetSSHPublicKey",
  "iam:ListSSHPublicKeys",
  "iam:UpdateSSHPublicKey",
  "iam:UploadSSHPublicKey",
];

/**
 * What each of the bastion's users may do for themselves, on their own user alone.
 *
 * - The password by `ChangePassword`, which asks for the old one. `UpdateLoginProfile` does not,
 *   so whoever finds an open session could lock its owner out; it is left to administrators.
 * - Several MFA devices under any name: only an unassigned device can be created or deleted, and
 *   enabling, resyncing and deactivating one are actions on the user. Source: AWS documentation,
 *   "AWS: Allows MFA-authenticated IAM users to manage their own MFA device on the Security
 *   credentials page".
 * - Access keys; a user without programmatic access is denied them in another group.
 * - Where config says so: signing certificates, SSH keys, and the list of all users. Source: AWS
 *   documentation, "AWS: Allows MFA-authenticated IAM users to manage their own credentials on the
 *   Security credentials page".
 *
 * All of it is closed until MFA was given, but for what the MFA guard leaves open; and what changes
 * devices or keys is closed again once that MFA is no longer fresh.
 */
export function selfServicePolicy(
  partition: Partition,
  accountId: AccountId,
  { listUsers, signingCertificates, sshKeys }: FurtherSelfService,
): PolicyDocument {
  const ownUser = iamArn(partition, accountId, "user/${aws:username}");
  const devicesOfAnyName = iamArn(partition, accountId, "mfa/*");
  const onOwnUser = (sid: string, actions: readonly string[]) =>
    allow({ sid, actions, resources: [ownUser] });
  return policyDocument(
    allow({
      sid: "ViewAccountFacts",
      actions: [
        "iam:GetAccountPasswordPolicy",
        "iam:GetAccountSummary",
        "iam:ListAccountAliases",
        ...(listUsers ? ["iam:ListUsers"] : []),
        "iam:ListVirtualMFADevices",
      ],
      resources: ["*"],
    }),
    onOwnUser("ViewOwnUser", [
      "iam:GetLoginProfile",
      "iam:GetUser",
      "iam:ListAttachedUserPolicies",
      "iam:ListGroupsForUser",
      "iam:ListUserPolicies",
      "iam:ListUserTags",
    ]),
    onOwnUser("ChangeOwnPassword", ["iam:ChangePassword"]),
    allow({
      sid: "NameVirtualMfaDevices",
      actions: ["iam:CreateVirtualMFADevice", "iam:DeleteVirtualMFADevice"],
      resources: [devicesOfAnyName],
    }),
    onOwnUser("ManageOwnMfa", [
      "iam:DeactivateMFADevice",
      "iam:EnableMFADevice",
      "iam:GetMFADevice",
      "iam:ListMFADevices",
      "iam:ResyncMFADevice",
    ]),
    onOwnUser("ManageOwnAccessKeys", [
      "iam:CreateAccessKey",
      "iam:DeleteAccessKey",
      "iam:GetAccessKeyLastUsed",
      "iam:ListAccessKeys",
      "iam:UpdateAccessKey",
    ]),
    ...(signingCertificates
      ? [onOwnUser("ManageOwnSigningCertificates", ownSigningCertificates)]
      : []),
    ...(sshKeys ? [onOwnUser("ManageOwnSshKeys", ownSshKeys)] : []),
  );
}

/**
 * `GetSessionToken` turns an access key and an MFA code into a session with MFA.
 *
 * AWS asks for no permission for it; the statement is there so that the group says all that it
 * gives, and so that a boundary or service control policy built from it holds the action too.
 */
export const sessionTokenStatement = allow({
  sid: "OpenSession",
  actions: ["sts:GetSessionToken"],
  resources: ["*"],
});
