import { strict as assert } from "node:assert";
import {
  CreateGroupCommand,
  CreateUserCommand,
  DeleteUserCommand,
  ListGroupsCommand,
  ListUsersCommand,
  paginateGetGroup,
  paginateListUsers,
  AddUserToGroupCommand,
  paginateListPolicies,
} from "@aws-sdk/client-iam";
import { conversationForEach, refused } from "./conversation";

const names = ["a", "b", "c", "d", "e", "f", "g"];

describe("A list of IAM's", () => {
  const conversation = conversationForEach();

  beforeEach(async () => {
    for (const UserName of names)
      await conversation.iam.send(new CreateUserCommand({ UserName }));
  });

  it("comes in pages of the size asked for, each item once", async () => {
    const pages: (string | undefined)[][] = [];
    const config = { client: conversation.iam, pageSize: 3 };
    for await (const { Users = [] } of paginateListUsers(config, {}))
      pages.push(Users.map(({ UserName }) => UserName));
    assert.deepEqual(pages, [["a", "b", "c"], ["d", "e", "f"], ["g"]]);
  });

  it("says on the last page that it ends", async () => {
    const page = await conversation.iam.send(
      new ListUsersCommand({ MaxItems: names.length }),
    );
    assert.equal(page.IsTruncated, false);
    assert.equal(page.Marker, undefined);
  });

  it("misses nobody when each page is deleted before the next is read", async () => {
    const config = { client: conversation.iam, pageSize: 2 };
    for await (const { Users = [] } of paginateListUsers(config, {})) {
      for (const { UserName } of Users)
        await conversation.iam.send(new DeleteUserCommand({ UserName }));
    }
    const left = await conversation.iam.send(new ListUsersCommand({}));
    assert.deepEqual(left.Users, []);
  });

  it("pages a group's members", async () => {
    const { iam } = conversation;
    await iam.send(new CreateGroupCommand({ GroupName: "all" }));
    for (const UserName of names)
      await iam.send(new AddUserToGroupCommand({ GroupName: "all", UserName }));
    const seen: (string | undefined)[] = [];
    for await (const page of paginateGetGroup(
      { client: iam, pageSize: 2 },
      { GroupName: "all" },
    )) {
      assert.equal(page.Group?.GroupName, "all");
      seen.push(...(page.Users ?? []).map(({ UserName }) => UserName));
    }
    assert.deepEqual(seen, names);
  });

  it("pages AWS's policies", async () => {
    const arns = new Set<string | undefined>();
    for await (const { Policies = [] } of paginateListPolicies(
      { client: conversation.iam, pageSize: 10 },
      { Scope: "AWS" },
    )) {
      assert(Policies.length <= 10);
      for (const { Arn } of Policies) arns.add(Arn);
    }
    assert.deepEqual(arns, new Set(conversation.aws.cloud.awsPolicies.keys()));
  });

  for (const MaxItems of [0, 1_001]) {
    it(`is refused in pages of ${MaxItems}`, async () => {
      await refused(
        conversation.iam.send(new ListGroupsCommand({ MaxItems })),
        "ValidationError",
      );
    });
  }

  it("is refused from a marker that AWS never gave", async () => {
    await refused(
      conversation.iam.send(new ListGroupsCommand({ Marker: "there" })),
      "ValidationError",
    );
  });
});
