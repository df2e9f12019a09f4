import { deny, policyDocument, type PolicyDocument } from "./policy-document";

/**
 * What AWS's sign-in page asks for when a password must be changed. Nobody says whether that request
 * carries `aws:MultiFactorAuthPresent`, as the console's others do: it must not matter, or a first
 * sign-in is a dead end. An access key does nothing by it, since `ChangePassword` asks for the password,
 * and with that one signs in. Source: AWS managed policy `IAMUserChangePassword`.
 */
const changeOfPassword = [
  "iam:ChangePassword",
  "iam:GetAccountPasswordPolicy",
] as const;

/**
 * Holds a user without programmatic access to the console.
 *
 * No key or other long-term credential can be made or switched on again; and one that is older
 * than the rule is worth nothing, since a request signed with it carries no
 * `aws:MultiFactorAuthPresent`, whereas one from the console does.
 */
export const consoleOnlyPolicy = (): PolicyDocument =>
  policyDocument(
    deny({
      sid: "DenyMakingKeys",
      actions: [
        "iam:CreateAccessKey",
        "iam:CreateServiceSpecificCredential",
        "iam:ResetServiceSpecificCredential",
        "iam:UpdateAccessKey",
        "iam:UpdateSSHPublicKey",
        "iam:UpdateServiceSpecificCredential",
        "iam:UpdateSigningCertificate",
        "iam:UploadSSHPublicKey",
        "iam:UploadSigningCertificate",
      ],
      resources: ["*"],
    }),
    deny({
      sid: "DenyUseOfKeys",
      notActions: changeOfPassword,
      resources: ["*"],
      condition: { Null: { "aws:MultiFactorAuthPresent": "true" } },
    }),
  );
