import { helpedTag } from "../names";
import { iamArn, type AccountId, type Partition } from "../partition";
import { allow, policyDocument, type PolicyDocument } from "./policy-document";

/**
 * What the help desk does: a first or another password, devices and keys off, for users with the tag
 * that the program gives to those who reach no administrator's role, and for nobody else.
 *
 * - IAM tells a request by the user's tag in each of these actions; none of them changes tags,
 *   groups, policies or users. Source: AWS documentation, "Controlling access to and for IAM users
 *   and roles using tags"; "Service Authorization Reference", IAM, resource type user.
 * - A virtual device is a resource of its own, without a tag. AWS deletes it only while no user has
 *   it, and only a helped user's can be taken off here. Source: IAM API reference,
 *   "DeleteVirtualMFADevice".
 * - No condition can ask for a password that must be changed at the first sign-in.
 */
export function helpDeskPolicy(
  partition: Partition,
  accountId: AccountId,
): PolicyDocument {
  const users = [iamArn(partition, accountId, "user/*")];
  return policyDocument(
    allow({
      sid: "SeeWhoThereIs",
      actions: [
        "iam:GetAccountPasswordPolicy",
        "iam:GetAccountSummary",
        "iam:ListAccountAliases",
        "iam:ListUsers",
        "iam:ListVirtualMFADevices",
      ],
      resources: ["*"],
    }),
    allow({
      sid: "SeeUsers",
      actions: [
        "iam:GetAccessKeyLastUsed",
        "iam:GetLoginProfile",
        "iam:GetMFADevice",
        "iam:GetUser",
        "iam:ListAccessKeys",
        "iam:ListGroupsForUser",
        "iam:ListMFADevices",
        "iam:ListSSHPublicKeys",
        "iam:ListSigningCertificates",
        "iam:ListUserTags",
      ],
      resources: users,
    }),
    allow({
      sid: "HelpUsersWithTheTag",
      actions: [
        "iam:CreateLoginProfile",
        "iam:DeactivateMFADevice",
        "iam:DeleteAccessKey",
        "iam:UpdateAccessKey",
        "iam:UpdateLoginProfile",
        "iam:UpdateSSHPublicKey",
        "iam:UpdateSigningCertificate",
      ],
      resources: users,
      condition: {
        StringEquals: { [`aws:ResourceTag/${helpedTag.key}`]: helpedTag.value },
      },
    }),
    allow({
      sid: "DeleteDevicesThatNobodyHas",
      actions: ["iam:DeleteVirtualMFADevice"],
      resources: [iamArn(partition, accountId, "mfa/*")],
    }),
  );
}
