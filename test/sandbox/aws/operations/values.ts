import type { Fields } from "../../../../sandbox/aws/service-models/fields";
import type { ServiceName } from "../../../../sandbox/aws/service-models/service-model";
import { issueToken } from "../../../../sandbox/aws/tokens";
import { bastionId } from "../clients";
import { allow, policyText } from "../iam/conversation";
import { metadata } from "../iam/saml-metadata";
import {
  arn,
  certificate,
  control,
  document,
  pattern,
  privateKey,
  publicKey,
  trusting,
} from "./world";

/** What a page of a list begins after. */
const token = Buffer.from("after:a").toString("base64");

/** Values of parameters that name what the account has, or that are documents. */
export const values: Readonly<Partial<Record<ServiceName, Fields>>> = {
  iam: {
    AddPrivateKey: privateKey,
    AWSServiceName: "autoscaling.amazonaws.com",
    AccountAlias: "staff",
    Arn: arn("user/ada"),
    AssumeRolePolicyDocument: trusting,
    AuthenticationCode1: "123456",
    AuthenticationCode2: "234567",
    CertificateBody: certificate.pem,
    ClientID: "sts.amazonaws.com",
    GroupName: "staff",
    InstanceProfileName: "web",
    Marker: token,
    NewPassword: "Other-secret-2",
    NewPath: "/new/",
    OldPassword: "Secret-word-1",
    OpenIDConnectProviderArn: arn("oidc-provider/tokens.example.com"),
    Password: "Other-secret-2",
    Path: "/made/",
    PathPrefix: "/",
    PermissionsBoundary: arn("policy/buckets"),
    PolicyArn: arn("policy/buckets"),
    PolicyDocument: document,
    PolicyInputList: [document],
    PolicyName: "inline",
    PolicySourceArn: arn("user/ada"),
    PermissionsBoundaryPolicyInputList: [document],
    ActionNames: ["s3:GetObject"],
    CallerArn: arn("user/ada"),
    ContextEntries: [
      {
        ContextKeyName: "aws:username",
        ContextKeyType: "string",
        ContextKeyValues: ["ada"],
      },
    ],
    ResourceArns: ["arn:aws:s3:::records/a"],
    ResourceOwner: bastionId,
    ResourcePolicy: policyText({
      ...allow("s3:GetObject", "arn:aws:s3:::records/a"),
      Principal: { AWS: arn("root") },
    }),
    PrivateKey: certificate.keyPem,
    RoleName: "reader",
    SAMLMetadataDocument: metadata(),
    SAMLProviderArn: arn("saml-provider/okta"),
    SSHPublicKeyBody: publicKey,
    SerialNumber: arn("mfa/phone"),
    ServerCertificateName: "web",
    ServiceName: "codecommit.amazonaws.com",
    ServiceNamespace: "iam",
    Url: "https://other.example.com",
    UserName: "ada",
    VersionId: "v1",
  },
  sts: {
    DurationSeconds: 900,
    Policy: document,
    PolicyArns: [{ arn: arn("policy/buckets") }],
    RoleArn: arn("role/reader"),
    RoleSessionName: "ada",
    SerialNumber: arn("mfa/phone"),
    TransitiveTagKeys: ["aaaa"],
    WebIdentityToken: issueToken({
      iss: "https://tokens.example.com",
      aud: "sts.amazonaws.com",
      sub: "ada",
      exp: Date.now() / 1_000 + 3_600,
    }),
  },
  sns: {
    AttributeName: "DisplayName",
    Attributes: { DisplayName: "News" },
    Endpoint: "ada@example.org",
    NextToken: token,
    Protocol: "email",
    ResourceArn: arn("news", "sns"),
    TopicArn: arn("news", "sns"),
  },
  events: {
    Event: "{}",
    EventPattern: pattern,
    Name: "watch",
    NextToken: token,
    ResourceARN: arn("rule/watch", "events"),
    RoleArn: arn("role/reader"),
    Rule: "watch",
    Targets: [{ Id: "tell", Arn: arn("news", "sns") }],
  },
  kms: {
    AliasName: "alias/own",
    Marker: token,
    PendingWindowInDays: 7,
    Policy: policyText({ ...allow("kms:*"), Principal: { AWS: arn("root") } }),
  },
  organizations: {
    AccountId: bastionId,
    ChildId: bastionId,
    Content: control,
    Filter: "SERVICE_CONTROL_POLICY",
    Name: "others",
    NextToken: token,
    TargetId: bastionId,
    Type: "SERVICE_CONTROL_POLICY",
  },
  s3: {
    Bucket: `records-${bastionId}`,
    ExpectedBucketOwner: bastionId,
    Key: "ledger.csv",
  },
  dynamodb: { TableName: "ledger" },
  "access-analyzer": { nextToken: token, tags: { team: "a" } },
};

/** Of one operation, what it makes anew, or what it alone is on. */
export const valuesOf: Readonly<Record<string, Fields>> = {
  "dynamodb:CreateTable": { TableName: "other" },
  "iam:CreateLoginProfile": { UserName: "alan" },
  "iam:CreateRole": { RoleName: "other" },
  "iam:CreateSAMLProvider": { Name: "other" },
  "iam:EnableMFADevice": { SerialNumber: arn("mfa/spare") },
  "iam:ListServiceSpecificCredentials": { AllUsers: false },
  "iam:UploadServerCertificate": { ServerCertificateName: "other" },
  "iam:CreateUser": { UserName: "grace" },
  "iam:CreateGroup": { GroupName: "others" },
};
