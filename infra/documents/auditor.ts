import { allow, policyDocument, type PolicyDocument } from "./policy-document";

/** What an audit reads: IAM's settings, in which there is no secret, and who watches over them. */
export const auditorPolicy = (): PolicyDocument =>
  policyDocument(
    allow({
      sid: "ReadIam",
      actions: [
        "iam:GenerateCredentialReport",
        "iam:Get*",
        "iam:List*",
        "access-analyzer:ListAnalyzers",
      ],
      resources: ["*"],
    }),
  );
