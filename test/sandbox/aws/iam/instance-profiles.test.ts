import { strict as assert } from "node:assert";
import {
  AddRoleToInstanceProfileCommand,
  CreateInstanceProfileCommand,
  CreateRoleCommand,
  CreateServiceLinkedRoleCommand,
  DeleteInstanceProfileCommand,
  DeleteRoleCommand,
  GetAccountAuthorizationDetailsCommand,
  GetAccountSummaryCommand,
  GetInstanceProfileCommand,
  ListInstanceProfilesCommand,
  ListInstanceProfilesForRoleCommand,
  ListInstanceProfileTagsCommand,
  PutUserPolicyCommand,
  RemoveRoleFromInstanceProfileCommand,
  TagInstanceProfileCommand,
  UntagInstanceProfileCommand,
} from "@aws-sdk/client-iam";
import {
  allow,
  bastionId,
  conversationForEach,
  policyText,
  refused,
  trustText,
  userWithKey,
} from "./conversation";

const InstanceProfileName = "web";
const RoleName = "server";
const profileArn = `arn:aws:iam::${bastionId}:instance-profile/ec2/web`;
const roleArn = `arn:aws:iam::${bastionId}:role/server`;

describe("Instance profiles", () => {
  const conversation = conversationForEach();
  const { send } = conversation;

  const add = (name = RoleName) =>
    new AddRoleToInstanceProfileCommand({
      InstanceProfileName,
      RoleName: name,
    });
  const remove = () =>
    send(
      new RemoveRoleFromInstanceProfileCommand({
        InstanceProfileName,
        RoleName,
      }),
    );
  const read = async () => {
    const { InstanceProfile } = await send(
      new GetInstanceProfileCommand({ InstanceProfileName }),
    );
    return InstanceProfile;
  };

  beforeEach(async () => {
    await send(
      new CreateRoleCommand({
        RoleName,
        AssumeRolePolicyDocument: trustText("*"),
      }),
    );
    await send(
      new CreateInstanceProfileCommand({
        InstanceProfileName,
        Path: "/ec2/",
        Tags: [{ Key: "team", Value: "web" }],
      }),
    );
  });

  it("have a path, an id and tags, and are empty at first", async () => {
    const profile = await read();
    assert.equal(profile?.Arn, profileArn);
    assert.match(profile.InstanceProfileId ?? "", /^AIPA[A-Z2-7]{17}$/);
    assert.deepEqual(profile.Roles, []);
    assert.deepEqual(profile.Tags, [{ Key: "team", Value: "web" }]);
  });

  it("have a name that no other has, in whatever case", async () => {
    await refused(
      send(new CreateInstanceProfileCommand({ InstanceProfileName: "WEB" })),
      "EntityAlreadyExists",
      "Instance Profile WEB already exists.",
    );
    await refused(
      send(new GetInstanceProfileCommand({ InstanceProfileName: "none" })),
      "NoSuchEntity",
      "Instance Profile none cannot be found.",
    );
  });

  it("carry one role, until it is taken out", async () => {
    await send(add());
    const [role] = (await read())?.Roles ?? [];
    assert.equal(role?.Arn, roleArn);
    await refused(
      send(add()),
      "LimitExceeded",
      "Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1",
    );
    await remove();
    assert.deepEqual((await read())?.Roles, []);
    await refused(remove(), "NoSuchEntity");
  });

  it("carry no role that is not there, and no service's own", async () => {
    await refused(send(add("none")), "NoSuchEntity");
    await send(
      new CreateServiceLinkedRoleCommand({
        AWSServiceName: "autoscaling.amazonaws.com",
      }),
    );
    await refused(
      send(add("AWSServiceRoleForAutoScaling")),
      "UnmodifiableEntity",
    );
  });

  it("hold themselves and their role against deletion", async () => {
    await send(add());
    const conflict =
      "Cannot delete entity, must remove roles from instance profile first.";
    const deleteRole = () => send(new DeleteRoleCommand({ RoleName }));
    const deleteProfile = () =>
      send(new DeleteInstanceProfileCommand({ InstanceProfileName }));
    await refused(deleteRole(), "DeleteConflict", conflict);
    await refused(deleteProfile(), "DeleteConflict", conflict);
    await remove();
    await deleteRole();
    await deleteProfile();
    await refused(read(), "NoSuchEntity");
  });

  it("are listed below a path and by their role, without tags", async () => {
    await send(new CreateInstanceProfileCommand({ InstanceProfileName: "b" }));
    await send(add());
    const names = async (PathPrefix?: string) => {
      const { InstanceProfiles } = await send(
        new ListInstanceProfilesCommand({ PathPrefix }),
      );
      return InstanceProfiles?.map((one) => one.InstanceProfileName);
    };
    assert.deepEqual(await names(), ["b", "web"]);
    assert.deepEqual(await names("/ec2/"), ["web"]);
    const { InstanceProfiles } = await send(
      new ListInstanceProfilesForRoleCommand({ RoleName }),
    );
    assert.deepEqual(
      InstanceProfiles?.map(({ Arn, Tags }) => [Arn, Tags]),
      [[profileArn, undefined]],
    );
  });

  it("are counted, and stand beside their role in the account's details", async () => {
    await send(add());
    const { SummaryMap } = await send(new GetAccountSummaryCommand({}));
    assert.equal(SummaryMap?.InstanceProfiles, 1);
    assert.equal(SummaryMap.InstanceProfilesQuota, 1_000);
    const { RoleDetailList } = await send(
      new GetAccountAuthorizationDetailsCommand({ Filter: ["Role"] }),
    );
    assert.deepEqual(
      RoleDetailList?.map((role) => [
        role.RoleName,
        role.InstanceProfileList?.map(({ Arn }) => Arn),
      ]),
      [
        ["OrganizationAccountAccessRole", []],
        [RoleName, [profileArn]],
      ],
    );
  });

  it("are tagged and untagged", async () => {
    await send(
      new TagInstanceProfileCommand({
        InstanceProfileName,
        Tags: [{ Key: "cost", Value: "1" }],
      }),
    );
    await send(
      new UntagInstanceProfileCommand({
        InstanceProfileName,
        TagKeys: ["team"],
      }),
    );
    const { Tags } = await send(
      new ListInstanceProfileTagsCommand({ InstanceProfileName }),
    );
    assert.deepEqual(Tags, [{ Key: "cost", Value: "1" }]);
  });

  describe("take a role from whoever may", () => {
    const asAda = async (
      ...statements: readonly Readonly<Record<string, unknown>>[]
    ) => {
      const ada = await userWithKey(conversation, "ada");
      await send(
        new PutUserPolicyCommand({
          UserName: "ada",
          PolicyName: "p",
          PolicyDocument: policyText(
            allow("iam:AddRoleToInstanceProfile", profileArn),
            ...statements,
          ),
        }),
      );
      return ada.send(add());
    };
    const passTo = (service: string) => ({
      ...allow("iam:PassRole", roleArn),
      Condition: { StringEquals: { "iam:PassedToService": service } },
    });

    it("pass it to EC2", async () => {
      await asAda(passTo("ec2.amazonaws.com"));
      assert.equal((await read())?.Roles?.length, 1);
    });

    for (const [what, statements] of [
      ["fill profiles, but pass no role", []],
      ["pass it to another service", [passTo("lambda.amazonaws.com")]],
    ] as const) {
      it(`and from nobody who may ${what}`, async () => {
        await refused(
          asAda(...statements),
          "AccessDenied",
          `iam:PassRole on resource: ${roleArn}`,
        );
        assert.deepEqual((await read())?.Roles, []);
      });
    }
  });
});
