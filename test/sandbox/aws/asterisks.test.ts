import assert from "node:assert/strict";
import {
  IAMClient,
  ListServiceSpecificCredentialsCommand,
} from "@aws-sdk/client-iam";
import type { Credentials } from "../../../sandbox/signed-request";
import { clientConfig } from "../../../sandbox/tour/people";
import { allow, bastionId, conversationForEach } from "./iam/conversation";
import { askSns, userUnder, type Statement } from "./service-calls";

const topic = (name: string) => `arn:aws:sns:us-east-1:${bastionId}:${name}`;
const deny = (resource: string): Statement => ({
  Effect: "Deny",
  Action: "sns:*",
  Resource: resource,
});

/** Whether `news*` may be deleted, by what its policies say. */
const cases: readonly (readonly [
  what: string,
  statements: readonly Statement[],
  code: "ok" | "AuthorizationError",
])[] = [
  [
    "is not the topic that is allowed",
    [allow("sns:*", topic("newsletter"))],
    "AuthorizationError",
  ],
  ["is one of all that are allowed", [allow("sns:*", topic("news*"))], "ok"],
  [
    "is itself allowed, by a pattern of its length",
    [allow("sns:*", topic("news?"))],
    "ok",
  ],
  [
    "is not the topic that is denied",
    [allow("sns:*"), deny(topic("newsletter"))],
    "ok",
  ],
  [
    "is denied by a pattern of its length",
    [allow("sns:*"), deny(topic("news?"))],
    "AuthorizationError",
  ],
  [
    "is denied as an asterisk",
    [allow("sns:*"), deny(topic("news${*}"))],
    "AuthorizationError",
  ],
  [
    "is outside what a deny spares",
    [
      allow("sns:*"),
      {
        Effect: "Deny",
        Action: "sns:*",
        NotResource: [topic("newsletter"), topic("old")],
      },
    ],
    "AuthorizationError",
  ],
];

describe("What is asked for with an asterisk", () => {
  const conversation = conversationForEach();
  for (const [what, statements, code] of cases) {
    it(what, async () => {
      const ada = await userUnder(conversation, "ada", ...statements);
      const { code: seen } = await askSns(conversation, ada, "DeleteTopic", {
        TopicArn: topic("news*"),
      });
      assert.equal(seen, code);
    });
  }

  it("is all users, and not oneself", async () => {
    const own = `arn:aws:iam::${bastionId}:user/\${aws:username}`;
    const all = `arn:aws:iam::${bastionId}:user/*`;
    const list = (who: Credentials) =>
      new IAMClient(clientConfig(conversation.aws, who)).send(
        new ListServiceSpecificCredentialsCommand({ AllUsers: true }),
      );
    const action = "iam:ListServiceSpecificCredentials";
    const ada = await userUnder(conversation, "ada", allow(action, own));
    await assert.rejects(list(ada), { name: "AccessDenied" });
    const eve = await userUnder(conversation, "eve", allow(action, all));
    assert.deepEqual((await list(eve)).ServiceSpecificCredentials, []);
  });
});
