import { strict as assert } from "node:assert";
import {
  AddUserToGroupCommand,
  AttachGroupPolicyCommand,
  AttachUserPolicyCommand,
  CreateGroupCommand,
  CreateUserCommand,
  GenerateServiceLastAccessedDetailsCommand,
  GetServiceLastAccessedDetailsCommand,
  GetServiceLastAccessedDetailsWithEntitiesCommand,
  GetUserCommand,
  ListPoliciesGrantingServiceAccessCommand,
  ListUsersCommand,
  PutGroupPolicyCommand,
  PutUserPolicyCommand,
  type AccessAdvisorUsageGranularityType,
  type IAMClient,
} from "@aws-sdk/client-iam";
import {
  administratorOf,
  allow,
  bastionId,
  conversationForEach,
  devId,
  policyText,
  readOnly,
  refused,
  userWithKey,
} from "./conversation";

const arnOf = (kind: string, name: string): string =>
  `arn:aws:iam::${bastionId}:${kind}/${name}`;
const adaArn = arnOf("user", "ada");

describe("What was last used of what policies open", () => {
  const conversation = conversationForEach();
  const { send } = conversation;
  let ada: IAMClient;

  const grant = (...statements: readonly Readonly<Record<string, unknown>>[]) =>
    send(
      new PutUserPolicyCommand({
        UserName: "ada",
        PolicyName: "own",
        PolicyDocument: policyText(...statements),
      }),
    );
  const generate = async (
    Arn: string,
    Granularity?: AccessAdvisorUsageGranularityType,
  ) => {
    const { JobId } = await send(
      new GenerateServiceLastAccessedDetailsCommand({ Arn, Granularity }),
    );
    return JobId;
  };
  const report = async (
    Arn: string,
    Granularity?: AccessAdvisorUsageGranularityType,
  ) => {
    const JobId = await generate(Arn, Granularity);
    const { JobStatus, ServicesLastAccessed } = await send(
      new GetServiceLastAccessedDetailsCommand({ JobId, MaxItems: 1_000 }),
    );
    assert.equal(JobStatus, "COMPLETED");
    return ServicesLastAccessed ?? [];
  };
  const namespaces = async (Arn: string) =>
    (await report(Arn)).map(({ ServiceNamespace }) => ServiceNamespace);

  beforeEach(async () => {
    ada = await userWithKey(conversation, "ada");
  });

  it("is told of each service that a policy opens, used or not", async () => {
    await grant(allow("iam:GetUser"), allow("s3:Get*"));
    await ada.send(new GetUserCommand({}));
    const [iam, s3, ...more] = await report(adaArn);
    assert.deepEqual(more, []);
    assert.equal(iam?.ServiceName, "AWS Identity and Access Management (IAM)");
    assert(iam.LastAuthenticated);
    assert.equal(iam.LastAuthenticatedEntity, adaArn);
    assert.equal(iam.LastAuthenticatedRegion, "us-east-1");
    assert.equal(iam.TotalAuthenticatedEntities, 1);
    assert.equal(s3?.ServiceNamespace, "s3");
    assert.equal(s3.LastAuthenticated, undefined);
    assert.equal(s3.TotalAuthenticatedEntities, 0);
  });

  it("counts calls that were denied, and tells actions where they are asked for", async () => {
    await grant(allow("iam:GetUser"));
    await refused(ada.send(new ListUsersCommand({})), "AccessDenied");
    const [bySevice] = await report(adaArn);
    assert(bySevice?.LastAuthenticated);
    assert.equal(bySevice.TrackedActionsLastAccessed, undefined);
    const [iam] = await report(adaArn, "ACTION_LEVEL");
    assert.deepEqual(
      iam?.TrackedActionsLastAccessed?.map((action) => [
        action.ActionName,
        action.LastAccessedEntity,
      ]),
      [["ListUsers", adaArn]],
    );
  });

  for (const [what, statement, opened, closed] of [
    ["all services by a star", allow("*"), "sqs", undefined],
    ["a service by a pattern", allow("SQS:S?nd*"), "sqs", "sns"],
    ["no service by an action that there is not", allow("sqs:Eat"), "", "sqs"],
    ["no service by a deny", { ...allow("*"), Effect: "Deny" }, "", "sqs"],
    [
      "all but a service by its exception",
      { Effect: "Allow", NotAction: "sqs:*", Resource: "*" },
      "sns",
      "sqs",
    ],
    [
      "a service by what an exception leaves of it",
      { Effect: "Allow", NotAction: "sqs:Send*", Resource: "*" },
      "sqs",
      undefined,
    ],
  ] as const) {
    it(`finds open ${what}`, async () => {
      await grant(statement);
      const found = await namespaces(adaArn);
      if (opened !== "") assert(found.includes(opened));
      assert(closed === undefined || !found.includes(closed));
    });
  }

  it("is told of groups and policies by those who have them", async () => {
    await send(new CreateGroupCommand({ GroupName: "staff" }));
    await send(new CreateUserCommand({ UserName: "bob" }));
    for (const UserName of ["ada", "bob"])
      await send(new AddUserToGroupCommand({ UserName, GroupName: "staff" }));
    await send(
      new AttachGroupPolicyCommand({ GroupName: "staff", PolicyArn: readOnly }),
    );
    await ada.send(new GetUserCommand({}));
    for (const Arn of [arnOf("group", "staff"), readOnly]) {
      const services = await report(Arn);
      const iam = services.find((one) => one.ServiceNamespace === "iam");
      assert.equal(iam?.LastAuthenticatedEntity, adaArn);
      const { EntityDetailsList } = await send(
        new GetServiceLastAccessedDetailsWithEntitiesCommand({
          JobId: await generate(Arn),
          ServiceNamespace: "iam",
        }),
      );
      assert.deepEqual(
        EntityDetailsList?.map(({ EntityInfo, LastAuthenticated }) => [
          EntityInfo?.Type,
          EntityInfo?.Name,
          LastAuthenticated !== undefined,
        ]),
        [
          ["USER", "ada", true],
          ["USER", "bob", false],
        ],
      );
    }
  });

  it("is of those who are there, and of jobs of the account", async () => {
    await refused(generate(arnOf("user", "nobody")), "NoSuchEntity");
    await refused(generate(arnOf("mfa", "ada-phone-1")), "InvalidInput");
    const JobId = await generate(adaArn);
    const other = await administratorOf(conversation.aws, devId);
    await refused(
      other.send(new GetServiceLastAccessedDetailsCommand({ JobId })),
      "NoSuchEntity",
    );
  });

  it("is asked for by whoever may ask about that identity", async () => {
    await grant(allow("iam:GenerateServiceLastAccessedDetails", adaArn));
    const asAda = (Arn: string) =>
      ada.send(new GenerateServiceLastAccessedDetailsCommand({ Arn }));
    await asAda(adaArn);
    await refused(asAda(readOnly), "AccessDenied");
  });

  it("goes with the policies that open a service", async () => {
    await send(new CreateGroupCommand({ GroupName: "staff" }));
    await send(
      new AddUserToGroupCommand({ UserName: "ada", GroupName: "staff" }),
    );
    await send(
      new PutGroupPolicyCommand({
        GroupName: "staff",
        PolicyName: "queues",
        PolicyDocument: policyText(allow("sqs:*")),
      }),
    );
    await grant(allow("iam:GetUser"));
    await send(
      new AttachUserPolicyCommand({ UserName: "ada", PolicyArn: readOnly }),
    );
    const { PoliciesGrantingServiceAccess } = await send(
      new ListPoliciesGrantingServiceAccessCommand({
        Arn: adaArn,
        ServiceNamespaces: ["sqs", "iam", "nothing"],
      }),
    );
    const managed = {
      PolicyName: "ReadOnlyAccess",
      PolicyType: "MANAGED",
      PolicyArn: readOnly,
    };
    assert.deepEqual(PoliciesGrantingServiceAccess, [
      {
        ServiceNamespace: "iam",
        Policies: [
          {
            PolicyName: "own",
            PolicyType: "INLINE",
            EntityType: "USER",
            EntityName: "ada",
          },
          managed,
        ],
      },
      { ServiceNamespace: "nothing", Policies: [] },
      {
        ServiceNamespace: "sqs",
        Policies: [
          managed,
          {
            PolicyName: "queues",
            PolicyType: "INLINE",
            EntityType: "GROUP",
            EntityName: "staff",
          },
        ],
      },
    ]);
  });
});
