import { strict as assert } from "node:assert";
import {
  AddUserToGroupCommand,
  AttachGroupPolicyCommand,
  CreateGroupCommand,
  CreateUserCommand,
  DeleteGroupCommand,
  DeleteGroupPolicyCommand,
  DetachGroupPolicyCommand,
  GetGroupCommand,
  GetGroupPolicyCommand,
  ListAttachedGroupPoliciesCommand,
  ListGroupPoliciesCommand,
  ListGroupsCommand,
  PutGroupPolicyCommand,
  RemoveUserFromGroupCommand,
  UpdateGroupCommand,
} from "@aws-sdk/client-iam";
import {
  bastionId,
  allow,
  conversationForEach,
  decoded,
  policyText,
  readOnly,
  refused,
} from "./conversation";

describe("IAM's groups", () => {
  const conversation = conversationForEach();
  const { send } = conversation;

  it("have members, who stay when the group is renamed and moved", async () => {
    await send(new CreateGroupCommand({ GroupName: "staff" }));
    await send(new CreateUserCommand({ UserName: "ada" }));
    await send(
      new AddUserToGroupCommand({ GroupName: "staff", UserName: "ada" }),
    );
    await send(
      new UpdateGroupCommand({
        GroupName: "staff",
        NewGroupName: "crew",
        NewPath: "/all/",
      }),
    );
    const { Group, Users } = await send(
      new GetGroupCommand({ GroupName: "crew" }),
    );
    assert.equal(Group?.Arn, `arn:aws:iam::${bastionId}:group/all/crew`);
    assert.match(Group.GroupId ?? "", /^AGPA[A-Z2-7]{17}$/);
    assert.deepEqual(
      Users?.map(({ UserName }) => UserName),
      ["ada"],
    );
    await refused(
      send(new GetGroupCommand({ GroupName: "staff" })),
      "NoSuchEntity",
      "The group with name staff cannot be found.",
    );
  });

  it("have names that differ in more than case", async () => {
    await send(new CreateGroupCommand({ GroupName: "Staff" }));
    await refused(
      send(new CreateGroupCommand({ GroupName: "staff" })),
      "EntityAlreadyExists",
      "Group with name staff already exists.",
    );
    await send(new CreateGroupCommand({ GroupName: "crew" }));
    await refused(
      send(
        new UpdateGroupCommand({ GroupName: "crew", NewGroupName: "STAFF" }),
      ),
      "EntityAlreadyExists",
    );
  });

  it("take users that exist, and no others", async () => {
    await send(new CreateGroupCommand({ GroupName: "staff" }));
    await refused(
      send(
        new AddUserToGroupCommand({ GroupName: "staff", UserName: "nobody" }),
      ),
      "NoSuchEntity",
      "The user with name nobody cannot be found.",
    );
  });

  it("are listed below a path", async () => {
    await send(new CreateGroupCommand({ GroupName: "a", Path: "/teams/" }));
    await send(new CreateGroupCommand({ GroupName: "b" }));
    const { Groups } = await send(
      new ListGroupsCommand({ PathPrefix: "/teams/" }),
    );
    assert.deepEqual(
      Groups?.map(({ GroupName }) => GroupName),
      ["a"],
    );
  });

  it("are deleted only when they are empty", async () => {
    const GroupName = "staff";
    const policy = { GroupName, PolicyName: "p" };
    const PolicyDocument = policyText(allow("s3:*"));
    await send(new CreateGroupCommand({ GroupName }));
    await send(new CreateUserCommand({ UserName: "ada" }));
    await send(new AddUserToGroupCommand({ GroupName, UserName: "ada" }));
    await send(new PutGroupPolicyCommand({ ...policy, PolicyDocument }));
    await send(
      new AttachGroupPolicyCommand({ GroupName, PolicyArn: readOnly }),
    );
    const read = await send(new GetGroupPolicyCommand(policy));
    const inline = await send(new ListGroupPoliciesCommand({ GroupName }));
    const attached = await send(
      new ListAttachedGroupPoliciesCommand({ GroupName }),
    );
    assert.deepEqual(decoded(read.PolicyDocument), JSON.parse(PolicyDocument));
    assert.deepEqual(inline.PolicyNames, ["p"]);
    assert.equal(attached.AttachedPolicies?.[0]?.PolicyArn, readOnly);

    const conflict = (remedy: string): Promise<void> =>
      refused(
        send(new DeleteGroupCommand({ GroupName })),
        "DeleteConflict",
        `Cannot delete entity, must ${remedy} first.`,
      );
    await conflict("remove users from group");
    await send(new RemoveUserFromGroupCommand({ GroupName, UserName: "ada" }));
    await conflict("delete policies");
    await send(new DeleteGroupPolicyCommand(policy));
    await conflict("detach all policies");
    await send(
      new DetachGroupPolicyCommand({ GroupName, PolicyArn: readOnly }),
    );
    await send(new DeleteGroupCommand({ GroupName }));
    await refused(send(new GetGroupCommand({ GroupName })), "NoSuchEntity");
  });
});
