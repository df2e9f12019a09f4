import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { newCloud } from "../../../../sandbox/aws/new-cloud";
import { newIdentity, newUser } from "../../../../sandbox/aws/new-identity";
import type { Call } from "../../../../sandbox/aws/operation";
import { Parameters } from "../../../../sandbox/aws/parameters";
import { services } from "../../../../sandbox/aws/services";
import type { Fields } from "../../../../sandbox/aws/service-models/fields";
import type { ServiceName } from "../../../../sandbox/aws/service-models/service-model";
import { codeFor } from "../../../../sandbox/aws/totp";
import { bastionId } from "../clients";
import { certify } from "../iam/certificates";
import { allow, policyText, trustText } from "../iam/conversation";
import { metadata } from "../iam/saml-metadata";

export const arn = (resource: string, service = "iam"): string =>
  service === "iam"
    ? `arn:aws:iam::${bastionId}:${resource}`
    : `arn:aws:${service}:us-east-1:${bastionId}:${resource}`;

export const certificate = certify("web");
export const document = policyText(allow("s3:GetObject"));
export const pattern = JSON.stringify({ source: ["aws.sts"] });

const rsa = generateKeyPairSync("rsa", { modulusLength: 2_048 });
export const publicKey = rsa.publicKey
  .export({ type: "spki", format: "pem" })
  .toString();
export const privateKey = rsa.privateKey
  .export({ type: "pkcs8", format: "pem" })
  .toString();

/** Whoever takes the role may tag the session and name its source. */
const trust = policyText(
  {
    Effect: "Allow",
    Action: ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"],
    Principal: { AWS: arn("root") },
  },
  {
    Effect: "Allow",
    Action: "sts:AssumeRoleWithWebIdentity",
    Principal: { Federated: arn("oidc-provider/tokens.example.com") },
    Condition: {
      StringEquals: { "tokens.example.com:aud": "sts.amazonaws.com" },
    },
  },
);

/** What the account has, in the order in which it is made. */
export const made: readonly (readonly [ServiceName, string, Fields])[] = [
  ["iam", "CreateGroup", { GroupName: "staff" }],
  [
    "iam",
    "CreateRole",
    { RoleName: "reader", AssumeRolePolicyDocument: trust },
  ],
  ["iam", "CreatePolicy", { PolicyName: "buckets", PolicyDocument: document }],
  ["iam", "CreateInstanceProfile", { InstanceProfileName: "web" }],
  ["iam", "CreateUser", { UserName: "alan" }],
  ["iam", "CreateLoginProfile", { UserName: "ada", Password: "Secret-word-1" }],
  ["iam", "CreateVirtualMFADevice", { VirtualMFADeviceName: "phone" }],
  ["iam", "CreateVirtualMFADevice", { VirtualMFADeviceName: "spare" }],
  [
    "iam",
    "CreateOpenIDConnectProvider",
    { Url: "https://tokens.example.com", ClientIDList: ["sts.amazonaws.com"] },
  ],
  [
    "iam",
    "CreateSAMLProvider",
    { Name: "okta", SAMLMetadataDocument: metadata() },
  ],
  [
    "iam",
    "UploadServerCertificate",
    {
      ServerCertificateName: "web",
      CertificateBody: certificate.pem,
      PrivateKey: certificate.keyPem,
    },
  ],
  ["iam", "CreateAccessKey", { UserName: "ada" }],
  [
    "iam",
    "UploadSSHPublicKey",
    { UserName: "ada", SSHPublicKeyBody: publicKey },
  ],
  [
    "iam",
    "UploadSigningCertificate",
    { UserName: "ada", CertificateBody: certificate.pem },
  ],
  [
    "iam",
    "CreateServiceSpecificCredential",
    { UserName: "ada", ServiceName: "codecommit.amazonaws.com" },
  ],
  [
    "iam",
    "GenerateServiceLastAccessedDetails",
    { Arn: "arn:aws:iam::aws:policy/AdministratorAccess" },
  ],
  ["iam", "CreateAccountAlias", { AccountAlias: "staff" }],
  ["iam", "GenerateCredentialReport", {}],
  ["sns", "CreateTopic", { Name: "news" }],
  [
    "sns",
    "Subscribe",
    {
      TopicArn: arn("news", "sns"),
      Protocol: "email",
      Endpoint: "a@example.org",
      ReturnSubscriptionArn: true,
    },
  ],
  ["events", "PutRule", { Name: "watch", EventPattern: pattern }],
  ["kms", "CreateKey", {}],
];

export const control = policyText({
  Effect: "Deny",
  Action: "iam:CreateUser",
  Resource: "*",
});

const madeInOrganisation = (ParentId: string): typeof made => [
  ["organizations", "CreateOrganizationalUnit", { ParentId, Name: "teams" }],
  [
    "organizations",
    "CreatePolicy",
    {
      Name: "limits",
      Type: "SERVICE_CONTROL_POLICY",
      Content: control,
      Description: "",
    },
  ],
];

/** Ids that AWS chooses, by the parameters that name them. */
const chosen: Readonly<Record<string, readonly string[]>> = {
  AccessKeyId: ["AccessKeyId"],
  CertificateId: ["CertificateId"],
  JobId: ["JobId"],
  KeyId: ["KeyId", "TargetKeyId"],
  SSHPublicKeyId: ["SSHPublicKeyId"],
  ServiceSpecificCredentialId: ["ServiceSpecificCredentialId"],
  SubscriptionArn: ["SubscriptionArn"],
};

/** The organisation's ids say themselves what they are of. */
function namesOf(name: string, id: string): readonly string[] {
  if (name === "Id" && id.startsWith("p-")) return ["PolicyId"];
  if (name === "Id" && id.startsWith("ou-")) return ["DestinationParentId"];
  return chosen[name] ?? [];
}

/** The ids in an answer, however deep they stand. */
const idsIn = (answer: unknown): readonly (readonly [string, unknown])[] =>
  typeof answer !== "object" || answer === null
    ? []
    : Object.entries(answer).flatMap(([name, value]) =>
        typeof value === "string"
          ? namesOf(name, value).map((one) => [one, value] as const)
          : idsIn(value),
      );

export interface World {
  /** A call of the account's administrator, who has a password and a phone. */
  readonly call: (parameters: Parameters) => Call;
  /** Values that differ from world to world. */
  readonly ids: Fields;
}

/** An account with one of everything; of the organisation the management account's administrator asks. */
export async function world(service: ServiceName): Promise<World> {
  const members = [{ id: bastionId, name: "bastion" }];
  const cloud = newCloud("aws", "999999999999", members, () => new Date());
  const isOfOrganisation = service === "organizations";
  const account = cloud.accounts.get(
    isOfOrganisation ? cloud.managementAccountId : bastionId,
  );
  assert(account);
  const user = newUser(newIdentity(cloud, "AIDA", { name: "ada", path: "/" }));
  user.attachedPolicies.add("arn:aws:iam::aws:policy/AdministratorAccess");
  account.users.set(user.name, user);
  const call = (parameters: Parameters): Call => ({
    cloud,
    account,
    caller: { kind: "user", accountId: account.id, user },
    parameters,
    sourceIp: "127.0.0.1",
    region: "us-east-1",
  });
  const ids: (readonly [string, unknown])[] = [];
  const { rootId } = cloud.organization;
  const wanted = isOfOrganisation ? madeInOrganisation(rootId) : made;
  for (const [of, name, fields] of wanted) {
    const operation = services.get(of)?.operations[name];
    const answer: unknown = operation?.run(call(new Parameters(fields)));
    ids.push(...idsIn(await Promise.resolve(answer)));
  }
  const given = { ...Object.fromEntries(ids), ParentId: rootId };
  const phone = account.mfaDevices.get(arn("mfa/phone"));
  if (!phone) return { call, ids: { ...given, SourceParentId: rootId } };
  phone.enabledFor = user.name;
  const TokenCode = codeFor(phone.seed, cloud.now());
  return { call, ids: { ...given, TokenCode } };
}

export const trusting = trustText(arn("root"));
