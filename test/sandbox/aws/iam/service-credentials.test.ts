import { strict as assert } from "node:assert";
import {
  CreateServiceSpecificCredentialCommand,
  CreateUserCommand,
  DeleteServiceSpecificCredentialCommand,
  DeleteUserCommand,
  ListServiceSpecificCredentialsCommand,
  PutUserPolicyCommand,
  ResetServiceSpecificCredentialCommand,
  UpdateServiceSpecificCredentialCommand,
  type CreateServiceSpecificCredentialCommandInput,
  type IAMClient,
} from "@aws-sdk/client-iam";
import {
  allow,
  bastionId,
  conversationForEach,
  policyText,
  refused,
  userWithKey,
} from "./conversation";

const UserName = "ada";
const codecommit = "codecommit.amazonaws.com";
const bedrock = "bedrock.amazonaws.com";

const creation = (
  input: Partial<CreateServiceSpecificCredentialCommandInput> = {},
) =>
  new CreateServiceSpecificCredentialCommand({
    UserName,
    ServiceName: codecommit,
    ...input,
  });

describe("Service-specific credentials", () => {
  const conversation = conversationForEach();
  const { send } = conversation;
  let ada: IAMClient;

  const create = async (
    input?: Partial<CreateServiceSpecificCredentialCommandInput>,
  ) => {
    const { ServiceSpecificCredential } = await send(creation(input));
    assert(ServiceSpecificCredential);
    return ServiceSpecificCredential;
  };
  const list = async (
    input: { UserName?: string; ServiceName?: string; AllUsers?: boolean } = {
      UserName,
    },
  ) => {
    const { ServiceSpecificCredentials } = await send(
      new ListServiceSpecificCredentialsCommand(input),
    );
    return ServiceSpecificCredentials ?? [];
  };
  const remove = (ServiceSpecificCredentialId: string | undefined) =>
    send(
      new DeleteServiceSpecificCredentialCommand({
        UserName,
        ServiceSpecificCredentialId,
      }),
    );

  beforeEach(async () => {
    ada = await userWithKey(conversation, UserName);
    await send(new CreateUserCommand({ UserName: "bob" }));
  });

  it("tell their password once, and another one when they are reset", async () => {
    assert.deepEqual(await list(), []);
    const { ServiceSpecificCredentialId, ...created } = await create();
    assert.match(ServiceSpecificCredentialId ?? "", /^ACCA[A-Z2-7]{17}$/);
    assert.equal(created.ServiceUserName, `ada-at-${bastionId}`);
    assert(created.ServicePassword);
    const [listed] = await list();
    assert.equal(listed?.Status, "Active");
    assert(!JSON.stringify(listed).includes(created.ServicePassword));
    const { ServiceSpecificCredential } = await send(
      new ResetServiceSpecificCredentialCommand({
        UserName,
        ServiceSpecificCredentialId,
      }),
    );
    assert(ServiceSpecificCredential?.ServicePassword);
    assert.notEqual(
      ServiceSpecificCredential.ServicePassword,
      created.ServicePassword,
    );
  });

  it("are put aside and deleted", async () => {
    const { ServiceSpecificCredentialId } = await create();
    await send(
      new UpdateServiceSpecificCredentialCommand({
        UserName,
        ServiceSpecificCredentialId,
        Status: "Inactive",
      }),
    );
    assert.deepEqual(
      (await list()).map(({ Status }) => Status),
      ["Inactive"],
    );
    await remove(ServiceSpecificCredentialId);
    assert.deepEqual(await list(), []);
    await refused(remove(ServiceSpecificCredentialId), "NoSuchEntity");
  });

  it("are an API key with an end where the service takes one", async () => {
    const key = await create({ ServiceName: bedrock, CredentialAgeDays: 1 });
    assert.match(key.ServiceCredentialAlias ?? "", /^BedrockAPIKey-/);
    assert(key.ServiceCredentialSecret);
    assert.equal(key.ServicePassword, undefined);
    const { CreateDate, ExpirationDate } = key;
    assert(CreateDate && ExpirationDate);
    assert.equal(ExpirationDate.getTime() - CreateDate.getTime(), 86_400_000);
  });

  it("are two a service", async () => {
    await create();
    const second = await create();
    assert.equal(second.ServiceUserName, `ada+1-at-${bastionId}`);
    await refused(
      create(),
      "LimitExceeded",
      "Cannot exceed quota for ServiceSpecificCredentialsPerUser: 2",
    );
    await create({ ServiceName: bedrock });
  });

  it("are listed by service, and of all users", async () => {
    await create();
    await create({ ServiceName: bedrock });
    await create({ UserName: "bob" });
    const whose = async (input: Parameters<typeof list>[0]) =>
      (await list(input)).map((one) => [one.UserName, one.ServiceName]).sort();
    assert.deepEqual(await whose({ UserName, ServiceName: bedrock }), [
      ["ada", bedrock],
    ]);
    assert.deepEqual(await whose({ AllUsers: true }), [
      ["ada", bedrock],
      ["ada", codecommit],
      ["bob", codecommit],
    ]);
    await refused(list({ UserName, AllUsers: true }), "InvalidInput");
  });

  it("are of no service that knows none", async () => {
    const ServiceName = "s3.amazonaws.com";
    await refused(
      create({ ServiceName }),
      "ServiceNotSupported",
      "s3.amazonaws.com",
    );
  });

  it("hold their user against deletion", async () => {
    const UserName = "bob";
    await create({ UserName });
    await refused(
      send(new DeleteUserCommand({ UserName })),
      "DeleteConflict",
      "Cannot delete entity, must remove referenced objects first.",
    );
  });

  it("are made for the services and the time that a policy says", async () => {
    await send(
      new PutUserPolicyCommand({
        UserName,
        PolicyName: "p",
        PolicyDocument: policyText({
          ...allow("iam:CreateServiceSpecificCredential"),
          Condition: {
            StringEquals: {
              "iam:ServiceSpecificCredentialServiceName": bedrock,
            },
            NumericLessThanEquals: {
              "iam:ServiceSpecificCredentialAgeDays": "30",
            },
          },
        }),
      }),
    );
    const asAda = (ServiceName: string, CredentialAgeDays: number) =>
      ada.send(creation({ ServiceName, CredentialAgeDays }));
    await asAda(bedrock, 30);
    await refused(asAda(bedrock, 31), "AccessDenied");
    await refused(asAda(codecommit, 30), "AccessDenied");
  });
});
