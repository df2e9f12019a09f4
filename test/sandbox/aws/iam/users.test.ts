import { strict as assert } from "node:assert";
import {
  AddUserToGroupCommand,
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreateGroupCommand,
  CreateLoginProfileCommand,
  CreateUserCommand,
  DeactivateMFADeviceCommand,
  DeleteAccessKeyCommand,
  DeleteLoginProfileCommand,
  DeleteUserCommand,
  DeleteUserPermissionsBoundaryCommand,
  DeleteUserPolicyCommand,
  DetachUserPolicyCommand,
  GetUserCommand,
  GetUserPolicyCommand,
  ListAttachedUserPoliciesCommand,
  ListGroupsForUserCommand,
  ListUserPoliciesCommand,
  ListUsersCommand,
  PutUserPermissionsBoundaryCommand,
  PutUserPolicyCommand,
  RemoveUserFromGroupCommand,
  UpdateUserCommand,
} from "@aws-sdk/client-iam";
import {
  bastionId,
  allow,
  conversationForEach,
  decoded,
  policyText,
  readOnly,
  refused,
  userWithKey,
} from "./conversation";
import { enrol } from "./devices";

describe("IAM's users", () => {
  const conversation = conversationForEach();
  const { send } = conversation;

  it("are created with path, tags and boundary, and read back so", async () => {
    const { User } = await send(
      new CreateUserCommand({
        UserName: "ada",
        Path: "/staff/",
        PermissionsBoundary: readOnly,
        Tags: [{ Key: "team", Value: "engines" }],
      }),
    );
    assert.match(User?.UserId ?? "", /^AIDA[A-Z2-7]{17}$/);
    const read = await send(new GetUserCommand({ UserName: "ada" }));
    assert.deepEqual(read.User, User);
    assert.equal(read.User?.Arn, `arn:aws:iam::${bastionId}:user/staff/ada`);
    assert.deepEqual(read.User.Tags, [{ Key: "team", Value: "engines" }]);
    assert.equal(
      read.User.PermissionsBoundary?.PermissionsBoundaryArn,
      readOnly,
    );
    assert(read.User.CreateDate instanceof Date);
  });

  it("are listed below a path, without tags and boundary", async () => {
    for (const [UserName, Path] of [
      ["ada", "/staff/"],
      ["bob", "/guests/"],
    ] as const) {
      await send(
        new CreateUserCommand({
          UserName,
          Path,
          Tags: [{ Key: "a", Value: "b" }],
        }),
      );
    }
    const { Users } = await send(
      new ListUsersCommand({ PathPrefix: "/staff/" }),
    );
    assert.deepEqual(
      Users?.map(({ UserName, Tags }) => [UserName, Tags]),
      [["ada", undefined]],
    );
  });

  it("have names that differ in more than case", async () => {
    await send(new CreateUserCommand({ UserName: "Ada" }));
    await refused(
      send(new CreateUserCommand({ UserName: "aDA" })),
      "EntityAlreadyExists",
      "User with name aDA already exists.",
    );
  });

  for (const [what, input] of [
    ["a name outside the alphabet", { UserName: "a da" }],
    ["a name over 64 characters", { UserName: "a".repeat(65) }],
    ["a path that does not end in a slash", { UserName: "a", Path: "/staff" }],
    ["a path that does not begin with one", { UserName: "a", Path: "staff/" }],
  ] as const) {
    it(`are refused ${what}`, async () => {
      await refused(send(new CreateUserCommand(input)), "ValidationError");
    });
  }

  it("are refused a boundary that is not there", async () => {
    await refused(
      send(
        new CreateUserCommand({
          UserName: "ada",
          PermissionsBoundary: `arn:aws:iam::${bastionId}:policy/none`,
        }),
      ),
      "NoSuchEntity",
      /^Scope ARN: .* does not exist or is not attachable\.$/,
    );
  });

  it("are missed by name", async () => {
    await refused(
      send(new GetUserCommand({ UserName: "nobody" })),
      "NoSuchEntity",
      "The user with name nobody cannot be found.",
    );
  });

  it("keep groups, keys and sessions when they are renamed and moved", async () => {
    const own = await userWithKey(conversation, "ada");
    await send(new CreateGroupCommand({ GroupName: "staff" }));
    await send(
      new AddUserToGroupCommand({ UserName: "ada", GroupName: "staff" }),
    );
    await send(
      new UpdateUserCommand({
        UserName: "ada",
        NewUserName: "lovelace",
        NewPath: "/staff/",
      }),
    );
    await send(
      new PutUserPolicyCommand({
        UserName: "lovelace",
        PolicyName: "self",
        PolicyDocument: policyText(allow("iam:GetUser")),
      }),
    );
    const { User } = await own.send(new GetUserCommand({}));
    assert.equal(User?.Arn, `arn:aws:iam::${bastionId}:user/staff/lovelace`);
    const { Groups } = await send(
      new ListGroupsForUserCommand({ UserName: "lovelace" }),
    );
    assert.deepEqual(
      Groups?.map(({ GroupName }) => GroupName),
      ["staff"],
    );
  });

  it("take and lose inline policies", async () => {
    const UserName = "ada";
    const PolicyDocument = policyText(allow("s3:ListAllMyBuckets"));
    await send(new CreateUserCommand({ UserName }));
    await send(
      new PutUserPolicyCommand({ UserName, PolicyName: "p", PolicyDocument }),
    );
    const read = await send(
      new GetUserPolicyCommand({ UserName, PolicyName: "p" }),
    );
    assert.deepEqual(
      decoded(read.PolicyDocument),
      JSON.parse(PolicyDocument) as unknown,
    );
    const { PolicyNames } = await send(
      new ListUserPoliciesCommand({ UserName }),
    );
    assert.deepEqual(PolicyNames, ["p"]);
    await send(new DeleteUserPolicyCommand({ UserName, PolicyName: "p" }));
    await refused(
      send(new GetUserPolicyCommand({ UserName, PolicyName: "p" })),
      "NoSuchEntity",
      "The user policy with name p cannot be found.",
    );
  });

  it("take and lose a boundary", async () => {
    const UserName = "ada";
    await send(new CreateUserCommand({ UserName }));
    await send(
      new PutUserPermissionsBoundaryCommand({
        UserName,
        PermissionsBoundary: readOnly,
      }),
    );
    const bounded = await send(new GetUserCommand({ UserName }));
    assert.equal(
      bounded.User?.PermissionsBoundary?.PermissionsBoundaryArn,
      readOnly,
    );
    await send(new DeleteUserPermissionsBoundaryCommand({ UserName }));
    const free = await send(new GetUserCommand({ UserName }));
    assert.equal(free.User?.PermissionsBoundary, undefined);
    await refused(
      send(new DeleteUserPermissionsBoundaryCommand({ UserName })),
      "NoSuchEntity",
    );
  });

  it("are deleted only once everything that hangs on them is gone", async () => {
    const UserName = "ada";
    const first = { UserName, PolicyName: "p" };
    await send(new CreateUserCommand({ UserName }));
    await send(new CreateGroupCommand({ GroupName: "staff" }));
    await send(new AddUserToGroupCommand({ UserName, GroupName: "staff" }));
    await send(
      new PutUserPolicyCommand({
        ...first,
        PolicyDocument: policyText(allow("s3:*")),
      }),
    );
    await send(new AttachUserPolicyCommand({ UserName, PolicyArn: readOnly }));
    const { AccessKey } = await send(new CreateAccessKeyCommand({ UserName }));
    await send(
      new CreateLoginProfileCommand({ UserName, Password: "Pass-word-1" }),
    );
    const SerialNumber = await enrol(conversation, UserName, "phone");

    const conflict = (remedy: string): Promise<void> =>
      refused(
        send(new DeleteUserCommand({ UserName })),
        "DeleteConflict",
        new RegExp(`^Cannot delete entity, must ${remedy} first\\.$`),
      );
    await conflict("delete access keys");
    await send(
      new DeleteAccessKeyCommand({
        UserName,
        AccessKeyId: AccessKey?.AccessKeyId,
      }),
    );
    await conflict("delete MFA device");
    await send(new DeactivateMFADeviceCommand({ UserName, SerialNumber }));
    await conflict("delete login profile");
    await send(new DeleteLoginProfileCommand({ UserName }));
    await conflict("delete policies");
    await send(new DeleteUserPolicyCommand(first));
    await conflict("detach all policies");
    await send(new DetachUserPolicyCommand({ UserName, PolicyArn: readOnly }));
    await conflict("remove users from group");
    await send(
      new RemoveUserFromGroupCommand({ UserName, GroupName: "staff" }),
    );
    await send(new DeleteUserCommand({ UserName }));
    await refused(send(new GetUserCommand({ UserName })), "NoSuchEntity");
  });

  it("have attached policies, listed below a path", async () => {
    const UserName = "ada";
    await send(new CreateUserCommand({ UserName }));
    const viewOnly = "arn:aws:iam::aws:policy/job-function/ViewOnlyAccess";
    for (const PolicyArn of [readOnly, viewOnly])
      await send(new AttachUserPolicyCommand({ UserName, PolicyArn }));
    const { AttachedPolicies } = await send(
      new ListAttachedUserPoliciesCommand({
        UserName,
        PathPrefix: "/job-function/",
      }),
    );
    assert.deepEqual(AttachedPolicies, [
      { PolicyName: "ViewOnlyAccess", PolicyArn: viewOnly },
    ]);
  });

  it("must be named by a role, which is nobody's user", async () => {
    await refused(
      send(new GetUserCommand({})),
      "ValidationError",
      "Must specify userName when calling with non-User credentials",
    );
  });
});
