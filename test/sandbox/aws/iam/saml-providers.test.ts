import { strict as assert } from "node:assert";
import { generateKeyPairSync } from "node:crypto";
import {
  CreateSAMLProviderCommand,
  DeleteSAMLProviderCommand,
  GetAccountSummaryCommand,
  GetSAMLProviderCommand,
  ListSAMLProvidersCommand,
  ListSAMLProviderTagsCommand,
  PutUserPolicyCommand,
  TagSAMLProviderCommand,
  UntagSAMLProviderCommand,
  UpdateSAMLProviderCommand,
  type CreateSAMLProviderCommandInput,
  type UpdateSAMLProviderCommandInput,
} from "@aws-sdk/client-iam";
import {
  allow,
  bastionId,
  conversationForEach,
  policyText,
  refused,
  userWithKey,
} from "./conversation";
import { metadata } from "./saml-metadata";

const Name = "okta";
const SAMLProviderArn = `arn:aws:iam::${bastionId}:saml-provider/okta`;

describe("SAML providers", () => {
  const conversation = conversationForEach();
  const { send } = conversation;

  const create = (input: Partial<CreateSAMLProviderCommandInput> = {}) =>
    send(
      new CreateSAMLProviderCommand({
        Name,
        SAMLMetadataDocument: metadata(),
        ...input,
      }),
    );
  const update = (input: Partial<UpdateSAMLProviderCommandInput>) =>
    send(new UpdateSAMLProviderCommand({ SAMLProviderArn, ...input }));
  const read = () => send(new GetSAMLProviderCommand({ SAMLProviderArn }));
  const list = async () => {
    const { SAMLProviderList } = await send(new ListSAMLProvidersCommand({}));
    return SAMLProviderList?.map(({ Arn }) => Arn);
  };

  it("are created, read, listed, counted and deleted", async () => {
    assert.deepEqual(await list(), []);
    const created = await create({ Tags: [{ Key: "a", Value: "b" }] });
    assert.equal(created.SAMLProviderArn, SAMLProviderArn);
    const provider = await read();
    assert.equal(provider.SAMLMetadataDocument, metadata());
    assert.match(provider.SAMLProviderUUID ?? "", /^[A-Z0-9]{22,64}$/);
    assert.deepEqual(provider.Tags, [{ Key: "a", Value: "b" }]);
    const { CreateDate, ValidUntil } = provider;
    assert.equal(
      ValidUntil?.getUTCFullYear(),
      (CreateDate?.getUTCFullYear() ?? 0) + 100,
    );
    assert.deepEqual(await list(), [SAMLProviderArn]);
    const { SummaryMap } = await send(new GetAccountSummaryCommand({}));
    assert.equal(SummaryMap?.Providers, 1);
    await refused(create(), "EntityAlreadyExists");
    await send(new DeleteSAMLProviderCommand({ SAMLProviderArn }));
    assert.deepEqual(await list(), []);
    await refused(read(), "NoSuchEntity");
  });

  it("take other metadata, which may say when it ends", async () => {
    await create();
    await update({
      SAMLMetadataDocument: metadata({
        until: `validUntil="2099-01-02T03:04:05Z"`,
      }),
    });
    const { ValidUntil } = await read();
    assert.equal(ValidUntil?.toISOString(), "2099-01-02T03:04:05.000Z");
  });

  for (const [what, document] of [
    ["text", "x".repeat(1_000)],
    ["tags that do not match", metadata().replace("</md:Entity", "</md:X")],
    ["another namespace", metadata().replace("SAML:2.0:metadata", "x")],
    ["no entity's id", metadata({ entity: "" })],
    ["a service provider", metadata({ within: "SPSSODescriptor" })],
    ["a key that is no certificate", metadata({ key: "Z2FyYmFnZQ==" })],
  ] as const) {
    it(`are refused by metadata of ${what}`, async () => {
      await refused(
        create({ SAMLMetadataDocument: document }),
        "InvalidInput",
        "Could not parse metadata",
      );
      await create();
      await refused(update({ SAMLMetadataDocument: document }), "InvalidInput");
      assert.equal((await read()).SAMLMetadataDocument, metadata());
    });
  }

  it("ask for encryption once they have a private key, up to two", async () => {
    const AddPrivateKey = generateKeyPairSync("rsa", { modulusLength: 2_048 })
      .privateKey.export({ type: "pkcs8", format: "pem" })
      .toString();
    const AssertionEncryptionMode = "Required";
    await refused(create({ AssertionEncryptionMode }), "InvalidInput");
    assert.deepEqual(await list(), []);
    await create({ AssertionEncryptionMode, AddPrivateKey });
    await update({ AddPrivateKey });
    await refused(update({ AddPrivateKey }), "LimitExceeded");
    const { PrivateKeyList = [] } = await read();
    assert.equal(PrivateKeyList.length, 2);
    const [one, other] = PrivateKeyList.map(({ KeyId }) => KeyId);
    await update({ RemovePrivateKey: one });
    await refused(update({ RemovePrivateKey: other }), "InvalidInput");
    await refused(update({ AddPrivateKey: "garbage" }), "InvalidInput");
    assert.equal((await read()).PrivateKeyList?.length, 1);
  });

  it("are tagged, and opened by their tags", async () => {
    await create();
    const ada = await userWithKey(conversation, "ada");
    await send(
      new PutUserPolicyCommand({
        UserName: "ada",
        PolicyName: "p",
        PolicyDocument: policyText({
          ...allow("iam:GetSAMLProvider", SAMLProviderArn),
          Condition: { StringEquals: { "aws:ResourceTag/team": "sso" } },
        }),
      }),
    );
    const asAda = () =>
      ada.send(new GetSAMLProviderCommand({ SAMLProviderArn }));
    await refused(asAda(), "AccessDenied");
    const Tags = [
      { Key: "cost", Value: "1" },
      { Key: "team", Value: "sso" },
    ];
    await send(new TagSAMLProviderCommand({ SAMLProviderArn, Tags }));
    await asAda();
    await send(
      new UntagSAMLProviderCommand({ SAMLProviderArn, TagKeys: ["team"] }),
    );
    const left = await send(
      new ListSAMLProviderTagsCommand({ SAMLProviderArn }),
    );
    assert.deepEqual(left.Tags, [{ Key: "cost", Value: "1" }]);
  });
});
