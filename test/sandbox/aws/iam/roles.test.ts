import { strict as assert } from "node:assert";
import {
  AttachRolePolicyCommand,
  CreateRoleCommand,
  CreateServiceLinkedRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DeleteServiceLinkedRoleCommand,
  DetachRolePolicyCommand,
  GetRoleCommand,
  GetServiceLinkedRoleDeletionStatusCommand,
  ListInstanceProfilesForRoleCommand,
  ListRolesCommand,
  ListRoleTagsCommand,
  PutRolePermissionsBoundaryCommand,
  PutRolePolicyCommand,
  TagRoleCommand,
  UpdateAssumeRolePolicyCommand,
  UpdateRoleCommand,
  UpdateRoleDescriptionCommand,
} from "@aws-sdk/client-iam";
import {
  bastionId,
  allow,
  conversationForEach,
  decoded,
  policyText,
  readOnly,
  refused,
  trustText,
} from "./conversation";

const trust = trustText(`arn:aws:iam::${bastionId}:root`);

describe("IAM's roles", () => {
  const conversation = conversationForEach();
  const { send } = conversation;

  const create = (
    more: Partial<ConstructorParameters<typeof CreateRoleCommand>[0]> = {},
  ) =>
    send(
      new CreateRoleCommand({
        RoleName: "reader",
        AssumeRolePolicyDocument: trust,
        ...more,
      }),
    );

  it("are created with all that they have, and read back so", async () => {
    const { Role } = await create({
      Path: "/people/",
      Description: "reads",
      MaxSessionDuration: 43_200,
      PermissionsBoundary: readOnly,
      Tags: [{ Key: "a", Value: "b" }],
    });
    const read = await send(new GetRoleCommand({ RoleName: "reader" }));
    assert.deepEqual(read.Role, Role);
    assert.equal(Role?.Arn, `arn:aws:iam::${bastionId}:role/people/reader`);
    assert.match(Role.RoleId ?? "", /^AROA[A-Z2-7]{17}$/);
    assert.equal(Role.MaxSessionDuration, 43_200);
    assert.equal(Role.Description, "reads");
    assert.deepEqual(decoded(Role.AssumeRolePolicyDocument), JSON.parse(trust));
    assert.equal(Role.PermissionsBoundary?.PermissionsBoundaryType, "Policy");
  });

  it("let sessions last an hour where nothing is said", async () => {
    const { Role } = await create();
    assert.equal(Role?.MaxSessionDuration, 3_600);
  });

  for (const seconds of [3_599, 43_201]) {
    it(`are refused sessions of ${seconds} seconds`, async () => {
      await refused(create({ MaxSessionDuration: seconds }), "ValidationError");
      await create();
      await refused(
        send(
          new UpdateRoleCommand({
            RoleName: "reader",
            MaxSessionDuration: seconds,
          }),
        ),
        "ValidationError",
      );
    });
  }

  it("have sessions of an hour after an update that does not say how long", async () => {
    await create({ MaxSessionDuration: 7_200, Description: "first" });
    await send(new UpdateRoleCommand({ RoleName: "reader" }));
    const { Role } = await send(new GetRoleCommand({ RoleName: "reader" }));
    assert.equal(Role?.MaxSessionDuration, 3_600);
    assert.equal(Role.Description, "first");
  });

  it("change description, duration, trust, boundary and tags", async () => {
    const RoleName = "reader";
    await create();
    const PolicyDocument = trustText("*", {
      Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } },
    });
    await send(new UpdateRoleCommand({ RoleName, MaxSessionDuration: 7_200 }));
    await send(
      new UpdateRoleDescriptionCommand({ RoleName, Description: "second" }),
    );
    await send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument }));
    await send(
      new PutRolePermissionsBoundaryCommand({
        RoleName,
        PermissionsBoundary: readOnly,
      }),
    );
    await send(
      new TagRoleCommand({ RoleName, Tags: [{ Key: "k", Value: "v" }] }),
    );
    const { Role } = await send(new GetRoleCommand({ RoleName }));
    assert.equal(Role?.MaxSessionDuration, 7_200);
    assert.equal(Role.Description, "second");
    assert.deepEqual(
      decoded(Role.AssumeRolePolicyDocument),
      JSON.parse(PolicyDocument),
    );
    assert.equal(Role.PermissionsBoundary?.PermissionsBoundaryArn, readOnly);
    const { Tags } = await send(new ListRoleTagsCommand({ RoleName }));
    assert.deepEqual(Tags, [{ Key: "k", Value: "v" }]);
  });

  it("have names that differ in more than case", async () => {
    await create();
    await refused(
      create({ RoleName: "READER" }),
      "EntityAlreadyExists",
      "Role with name READER already exists.",
    );
  });

  it("are deleted only once their policies are gone", async () => {
    const RoleName = "reader";
    await create();
    await send(
      new PutRolePolicyCommand({
        RoleName,
        PolicyName: "p",
        PolicyDocument: policyText(allow("s3:*")),
      }),
    );
    await send(new AttachRolePolicyCommand({ RoleName, PolicyArn: readOnly }));
    const remove = () => send(new DeleteRoleCommand({ RoleName }));
    await refused(
      remove(),
      "DeleteConflict",
      "Cannot delete entity, must delete policies first.",
    );
    await send(new DeleteRolePolicyCommand({ RoleName, PolicyName: "p" }));
    await refused(
      remove(),
      "DeleteConflict",
      "Cannot delete entity, must detach all policies first.",
    );
    await send(new DetachRolePolicyCommand({ RoleName, PolicyArn: readOnly }));
    const profiles = await send(
      new ListInstanceProfilesForRoleCommand({ RoleName }),
    );
    assert.deepEqual(profiles.InstanceProfiles, []);
    await remove();
    await refused(
      send(new GetRoleCommand({ RoleName })),
      "NoSuchEntity",
      "The role with name reader cannot be found.",
    );
  });

  it("are listed without tags, beside the organisation's own", async () => {
    await create({ Tags: [{ Key: "a", Value: "b" }] });
    const { Roles } = await send(new ListRolesCommand({}));
    assert.deepEqual(
      Roles?.map(({ RoleName, Tags }) => [RoleName, Tags]),
      [
        ["OrganizationAccountAccessRole", undefined],
        ["reader", undefined],
      ],
    );
  });

  describe("that AWS's services make", () => {
    it("are below a path that nobody else may use", async () => {
      await refused(
        create({ Path: "/aws-service-role/x.amazonaws.com/" }),
        "InvalidInput",
      );
    });

    it("can't be changed by anyone, and go through their own deletion", async () => {
      const { Role } = await send(
        new CreateServiceLinkedRoleCommand({
          AWSServiceName: "autoscaling.amazonaws.com",
        }),
      );
      const RoleName = Role?.RoleName ?? "";
      assert.equal(Role?.Path, "/aws-service-role/autoscaling.amazonaws.com/");
      for (const change of [
        new DeleteRoleCommand({ RoleName }),
        new AttachRolePolicyCommand({ RoleName, PolicyArn: readOnly }),
        new PutRolePolicyCommand({
          RoleName,
          PolicyName: "p",
          PolicyDocument: policyText(allow("s3:*")),
        }),
        new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: trust }),
      ]) {
        await refused(send(change as DeleteRoleCommand), "UnmodifiableEntity");
      }
      const { DeletionTaskId } = await send(
        new DeleteServiceLinkedRoleCommand({ RoleName }),
      );
      const { Status } = await send(
        new GetServiceLinkedRoleDeletionStatusCommand({ DeletionTaskId }),
      );
      assert.equal(Status, "SUCCEEDED");
      await refused(send(new GetRoleCommand({ RoleName })), "NoSuchEntity");
    });

    for (const [service, name, suffix] of [
      ["autoscaling.amazonaws.com", "AWSServiceRoleForAutoScaling"],
      ["autoscaling.amazonaws.com", "AWSServiceRoleForAutoScaling_a", "a"],
      ["guardduty.amazonaws.com", "AWSServiceRoleForAmazonGuardDuty"],
      ["elasticbeanstalk.amazonaws.com", "AWSServiceRoleForElasticBeanstalk"],
    ] as const) {
      it(`are called ${name}, as by ${service}`, async () => {
        const { Role } = await send(
          new CreateServiceLinkedRoleCommand({
            AWSServiceName: service,
            CustomSuffix: suffix,
          }),
        );
        assert.equal(Role?.RoleName, name);
      });
    }

    for (const [what, service, suffix] of [
      ["a service that there is not", "nosuch.amazonaws.com"],
      ["a service that has none", "iam.amazonaws.com"],
      ["a member of every object", "constructor"],
      ["a suffix where there is one role alone", "ecs.amazonaws.com", "a"],
    ] as const) {
      it(`are not made for ${what}`, async () => {
        await refused(
          send(
            new CreateServiceLinkedRoleCommand({
              AWSServiceName: service,
              CustomSuffix: suffix,
            }),
          ),
          "InvalidInput",
          service,
        );
      });
    }

    it("are made once", async () => {
      const again = () =>
        send(
          new CreateServiceLinkedRoleCommand({
            AWSServiceName: "autoscaling.amazonaws.com",
          }),
        );
      await again();
      await refused(again(), "InvalidInput", "has been taken in this account");
    });
  });
});
