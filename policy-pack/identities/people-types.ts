const membership = "a membership in a group of Identity Center";
const assignment = "an assignment of Identity Center's people to an account";

/** What makes a person, or a way for one to sign in, to sign requests, or into an account. */
export const peopleTypes: ReadonlyMap<string, string> = new Map([
  ["aws:iam/user:User", "an IAM user"],
  ["aws:iam/userLoginProfile:UserLoginProfile", "a user's password"],
  ["aws:iam/accessKey:AccessKey", "a user's access key"],
  ["aws:iam/virtualMfaDevice:VirtualMfaDevice", "a user's MFA device"],
  ["aws:iam/sshKey:SshKey", "a user's SSH key"],
  [
    "aws:iam/serviceSpecificCredential:ServiceSpecificCredential",
    "a user's credential for a service",
  ],
  [
    "aws:iam/signingCertificate:SigningCertificate",
    "a user's signing certificate",
  ],
  ["aws-native:iam:User", "an IAM user"],
  ["aws-native:iam:VirtualMfaDevice", "a user's MFA device"],
  ["aws-native:iam:AccessKey", "a user's access key"],
  ["aws:identitystore/user:User", "a user of Identity Center"],
  ["aws:identitystore/group:Group", "a group of Identity Center"],
  ["aws-native:identitystore:Group", "a group of Identity Center"],
  ["aws:identitystore/groupMembership:GroupMembership", membership],
  ["aws-native:identitystore:GroupMembership", membership],
  ["aws:ssoadmin/accountAssignment:AccountAssignment", assignment],
  ["aws-native:sso:Assignment", assignment],
]);
