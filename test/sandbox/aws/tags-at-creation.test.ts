import assert from "node:assert/strict";
import {
  AccessAnalyzerClient,
  CreateAnalyzerCommand,
} from "@aws-sdk/client-accessanalyzer";
import {
  CreateInstanceProfileCommand,
  CreateOpenIDConnectProviderCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  CreateSAMLProviderCommand,
  CreateUserCommand,
  CreateVirtualMFADeviceCommand,
  PutUserPolicyCommand,
  UploadServerCertificateCommand,
  type Tag,
} from "@aws-sdk/client-iam";
import type { SandboxAws } from "../../../sandbox/aws";
import {
  clientConfig,
  type ClientCredentials,
} from "../../../sandbox/tour/people";
import { sendSigned } from "../../../sandbox/signed-request";
import { services } from "../../../sandbox/aws/services";
import {
  serviceModel,
  type ServiceName,
} from "../../../sandbox/aws/service-models/service-model";
import { iamOf } from "./clients";
import {
  allow,
  conversationForEach,
  newUserKey,
  policyText,
  trustText,
} from "./iam/conversation";
import { certify } from "./iam/certificates";
import { metadata } from "./iam/saml-metadata";

const { pem, keyPem } = certify("web");

/** Makes something with these tags, and tells whether it was let. */
type Make = (
  aws: SandboxAws,
  signer: ClientCredentials,
  tags: Tag[],
) => Promise<boolean>;

async function isLet(answer: Promise<unknown>): Promise<boolean> {
  try {
    await answer;
    return true;
  } catch (error) {
    assert.match(String(error), /not authorized/);
    return false;
  }
}

const inIam =
  (command: (Tags: Tag[]) => unknown): Make =>
  (aws, signer, tags) =>
    isLet(iamOf(aws, signer).send(command(tags) as never));

const over =
  (
    service: string,
    headers: Readonly<Record<string, string>>,
    body: (tags: Tag[]) => string,
  ): Make =>
  async ({ endpoint }, signer, tags) => {
    const { ok, text } = await sendSigned(endpoint, signer, {
      service,
      region: "us-east-1",
      method: "POST",
      headers,
      body: body(tags),
    });
    assert(ok || text.includes("not authorized"), text);
    return ok;
  };

const json = (target: string) => ({
  "content-type": "application/x-amz-json-1.1",
  "x-amz-target": target,
});

/** What makes something with tags, by its action, and the action that it takes beside. */
const makers: Readonly<Record<string, readonly [string, Make]>> = {
  "iam:CreateUser": [
    "iam:TagUser",
    inIam((Tags) => new CreateUserCommand({ UserName: "u", Tags })),
  ],
  "iam:CreateRole": [
    "iam:TagRole",
    inIam(
      (Tags) =>
        new CreateRoleCommand({
          RoleName: "r",
          AssumeRolePolicyDocument: trustText("*"),
          Tags,
        }),
    ),
  ],
  "iam:CreatePolicy": [
    "iam:TagPolicy",
    inIam(
      (Tags) =>
        new CreatePolicyCommand({
          PolicyName: "p",
          PolicyDocument: policyText(allow("s3:*")),
          Tags,
        }),
    ),
  ],
  "iam:CreateInstanceProfile": [
    "iam:TagInstanceProfile",
    inIam(
      (Tags) =>
        new CreateInstanceProfileCommand({ InstanceProfileName: "i", Tags }),
    ),
  ],
  "iam:CreateVirtualMFADevice": [
    "iam:TagMFADevice",
    inIam(
      (Tags) =>
        new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: "m", Tags }),
    ),
  ],
  "iam:CreateOpenIDConnectProvider": [
    "iam:TagOpenIDConnectProvider",
    inIam(
      (Tags) =>
        new CreateOpenIDConnectProviderCommand({
          Url: "https://idp.example.com",
          Tags,
        }),
    ),
  ],
  "iam:CreateSAMLProvider": [
    "iam:TagSAMLProvider",
    inIam(
      (Tags) =>
        new CreateSAMLProviderCommand({
          Name: "s",
          SAMLMetadataDocument: metadata(),
          Tags,
        }),
    ),
  ],
  "iam:UploadServerCertificate": [
    "iam:TagServerCertificate",
    inIam(
      (Tags) =>
        new UploadServerCertificateCommand({
          ServerCertificateName: "c",
          CertificateBody: pem,
          PrivateKey: keyPem,
          Tags,
        }),
    ),
  ],
  "kms:CreateKey": [
    "kms:TagResource",
    over("kms", json("TrentService.CreateKey"), (tags) =>
      JSON.stringify({
        Tags: tags.map(({ Key, Value }) => ({ TagKey: Key, TagValue: Value })),
      }),
    ),
  ],
  "sns:CreateTopic": [
    "sns:TagResource",
    over(
      "sns",
      { "content-type": "application/x-www-form-urlencoded" },
      (tags) =>
        new URLSearchParams({
          Action: "CreateTopic",
          Version: "2010-03-31",
          Name: "t",
          ...Object.fromEntries(
            tags.flatMap(({ Key = "", Value = "" }, index) => [
              [`Tags.member.${index + 1}.Key`, Key],
              [`Tags.member.${index + 1}.Value`, Value],
            ]),
          ),
        }).toString(),
    ),
  ],
  "events:PutRule": [
    "events:TagResource",
    over("events", json("AWSEvents.PutRule"), (Tags) =>
      JSON.stringify({ Name: "r", EventPattern: '{"source":["a"]}', Tags }),
    ),
  ],
  "access-analyzer:CreateAnalyzer": [
    "access-analyzer:TagResource",
    (aws, signer, tags) =>
      isLet(
        new AccessAnalyzerClient(clientConfig(aws, signer)).send(
          new CreateAnalyzerCommand({
            analyzerName: "a",
            type: "ACCOUNT",
            tags: Object.fromEntries(
              tags.map(({ Key = "", Value = "" }) => [Key, Value]),
            ),
          }),
        ),
      ),
  ],
};

const tags = [{ Key: "team", Value: "a" }];
const deny = (Action: string) => ({ Effect: "Deny", Action, Resource: "*" });

describe("Making something with tags", () => {
  const conversation = conversationForEach();
  const { send } = conversation;

  const holding = async (
    ...statements: readonly Readonly<Record<string, unknown>>[]
  ): Promise<ClientCredentials> => {
    const key = await newUserKey(conversation, "ada");
    await send(
      new PutUserPolicyCommand({
        UserName: "ada",
        PolicyName: "p",
        PolicyDocument: policyText(...statements),
      }),
    );
    return key;
  };

  for (const [action, [tagging, make]] of Object.entries(makers)) {
    it(`takes ${tagging} beside ${action}, and without tags does not`, async () => {
      const signer = await holding(allow(action));
      assert.equal(await make(conversation.aws, signer, tags), false);
      assert.equal(await make(conversation.aws, signer, []), true);
    });

    it(`is let by ${action} and ${tagging}, tag by tag`, async () => {
      const signer = await holding(allow(action), {
        ...allow(tagging),
        Condition: {
          StringEquals: { "aws:RequestTag/team": "a" },
          "ForAllValues:StringEquals": { "aws:TagKeys": ["team"] },
        },
      });
      const other = [{ Key: "team", Value: "b" }];
      assert.equal(await make(conversation.aws, signer, other), false);
      assert.equal(await make(conversation.aws, signer, tags), true);
    });

    it(`is kept out by a denial of ${tagging}`, async () => {
      const signer = await holding(allow("*"), deny(tagging));
      assert.equal(await make(conversation.aws, signer, tags), false);
      assert.equal(await make(conversation.aws, signer, []), true);
    });
  }

  it("is tried with every operation that takes tags, sessions of STS apart", () => {
    const found = [...services].flatMap(([name, { operations }]) =>
      Object.entries(operations)
        .filter(
          ([operation, { lacks = [] }]) =>
            name !== "sts" && takesTags(name, operation, lacks),
        )
        .map(([operation]) => `${name}:${operation}`),
    );
    assert.deepEqual(found.sort(), Object.keys(makers).sort());
  });
});

function takesTags(
  service: ServiceName,
  operation: string,
  lacks: readonly string[],
): boolean {
  const { operations, shapes } = serviceModel(service);
  const input = operations[operation]?.input;
  const members = shapes[input ?? ""]?.members ?? {};
  return (
    ["Tags", "tags"].some((name) => name in members && !lacks.includes(name)) &&
    !operation.startsWith("Tag")
  );
}
