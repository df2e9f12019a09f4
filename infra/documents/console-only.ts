import { deny, policyDocument, type PolicyDocument } from "./policy-document";

/**
 * Holds a user without programmatic access to the console.
 *
 * No key or other long-term credential can be made or switched on again; and one that is older
 * than the rule is worth nothing, since a request signed with it carries no
 * `aws:MultiFactorAuthPresent`, whereas one from the console always does.
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
        "iam:UpdateServiceSpecificCredential",
        "iam:UploadSSHPublicKey",
        "iam:UploadSigningCertificate",
      ],
      resources: ["*"],
    }),
    deny({
      sid: "DenyUseOfKeys",
      actions: ["*"],
      resources: ["*"],
      condition: { Null: { "aws:MultiFactorAuthPresent": "true" } },
    }),
  );
