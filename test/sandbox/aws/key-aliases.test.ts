import assert from "node:assert/strict";
import { deploymentIn } from "../../../sandbox/tour/people";
import { allow, bastionId, conversationForEach } from "./iam/conversation";
import { askJson, userUnder, type Statement } from "./service-calls";

describe("An alias of a key takes the right to the alias and to each key, and", () => {
  const conversation = conversationForEach();
  const alias = `arn:aws:kms:us-east-1:${bastionId}:alias/own`;
  let before = "";
  let after = "";

  const asAdministrator = async (action: string, fields: Statement = {}) =>
    askJson(
      conversation,
      await deploymentIn(conversation.aws, bastionId),
      "kms",
      action,
      fields,
    );
  const newKey = async (): Promise<string> => {
    const { text } = await asAdministrator("CreateKey");
    return /"Arn":"([^"]*)"/.exec(text)?.[1] ?? "";
  };

  beforeEach(async () => {
    before = await newKey();
    after = await newKey();
  });

  const cases: readonly (readonly [
    action: string,
    resources: () => readonly string[],
    fields: () => Statement,
  ])[] = [
    [
      "CreateAlias",
      () => [alias, before],
      () => ({ AliasName: "alias/own", TargetKeyId: before }),
    ],
    [
      "UpdateAlias",
      () => [alias, before, after],
      () => ({ AliasName: "alias/own", TargetKeyId: after }),
    ],
    ["DeleteAlias", () => [alias, before], () => ({ AliasName: "alias/own" })],
  ];
  for (const [action, resources, fields] of cases) {
    it(`${action} is refused to whoever lacks one of them`, async () => {
      if (action !== "CreateAlias") {
        await asAdministrator("CreateAlias", {
          AliasName: "alias/own",
          TargetKeyId: before,
        });
      }
      for (const [index, left] of resources().entries()) {
        const rights = resources().filter((one) => one !== left);
        const who = await userUnder(
          conversation,
          `ada${String(index)}`,
          ...rights.map((one) => allow(`kms:${action}`, one)),
        );
        const { code } = await askJson(
          conversation,
          who,
          "kms",
          action,
          fields(),
        );
        assert.equal(code, "AccessDeniedException", left);
      }
      const who = await userUnder(
        conversation,
        "alan",
        ...resources().map((one) => allow(`kms:${action}`, one)),
      );
      const { code, text } = await askJson(
        conversation,
        who,
        "kms",
        action,
        fields(),
      );
      assert.equal(code, "ok", text);
    });
  }
});
