import { strict as assert } from "node:assert";
import {
  CreateUserCommand,
  ListUserTagsCommand,
  TagUserCommand,
  UntagUserCommand,
} from "@aws-sdk/client-iam";
import { conversationForEach, refused } from "./conversation";

const numbered = (count: number) =>
  Array.from({ length: count }, (_, i) => ({ Key: `k${i}`, Value: "" }));

describe("Tags of IAM's", () => {
  const conversation = conversationForEach();
  const { send } = conversation;

  it("are added, changed and taken away, and their keys know no case", async () => {
    const UserName = "ada";
    await send(
      new CreateUserCommand({ UserName, Tags: [{ Key: "Team", Value: "a" }] }),
    );
    await send(
      new TagUserCommand({
        UserName,
        Tags: [
          { Key: "team", Value: "b" },
          { Key: "cost", Value: "" },
        ],
      }),
    );
    const tagged = await send(new ListUserTagsCommand({ UserName }));
    assert.deepEqual(tagged.Tags, [
      { Key: "cost", Value: "" },
      { Key: "team", Value: "b" },
    ]);
    await send(new UntagUserCommand({ UserName, TagKeys: ["TEAM"] }));
    const left = await send(new ListUserTagsCommand({ UserName }));
    assert.deepEqual(left.Tags, [{ Key: "cost", Value: "" }]);
  });

  for (const [what, Tags, code] of [
    [
      "twice the same key",
      [
        { Key: "a", Value: "1" },
        { Key: "A", Value: "2" },
      ],
      "InvalidInput",
    ],
    ["a key of AWS's own", [{ Key: "aws:x", Value: "1" }], "InvalidInput"],
    [
      "a key over 128",
      [{ Key: "k".repeat(129), Value: "" }],
      "ValidationError",
    ],
    [
      "a value over 256",
      [{ Key: "k", Value: "v".repeat(257) }],
      "ValidationError",
    ],
    ["over fifty", numbered(51), "ValidationError"],
  ] as const) {
    it(`are refused with ${what}`, async () => {
      await refused(
        send(new CreateUserCommand({ UserName: "ada", Tags: [...Tags] })),
        code,
      );
    });
  }

  it("are fifty at most, those that are there with those that come", async () => {
    const UserName = "ada";
    await send(new CreateUserCommand({ UserName, Tags: numbered(50) }));
    const Tags = [{ Key: "one more", Value: "" }];
    await refused(
      send(new TagUserCommand({ UserName, Tags })),
      "LimitExceeded",
    );
  });
});
