import assert from "node:assert/strict";
import { sendSigned, type Credentials } from "../../../sandbox/signed-request";
import { deploymentIn } from "../../../sandbox/tour/people";
import { bastionId, conversationForEach } from "./iam/conversation";

describe("A parameter of a form", () => {
  const conversation = conversationForEach();
  let who: Credentials;

  beforeEach(async () => {
    who = await deploymentIn(conversation.aws, bastionId);
  });

  const codeOf = async (form: string): Promise<string> => {
    const { ok, text } = await sendSigned(conversation.aws.endpoint, who, {
      service: "iam",
      region: "us-east-1",
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: `${form}&Version=2010-05-08`,
    });
    return ok ? "ok" : (/<Code>([^<]*)/.exec(text)?.[1] ?? text);
  };
  const tag = (...fields: readonly string[]) =>
    codeOf(["Action=TagUser", "UserName=ada", ...fields].join("&"));
  const team = ["Tags.member.1.Key=team", "Tags.member.1.Value=blue"];

  it("is refused where it is given twice, since one value would be dropped", async () => {
    assert.equal(await codeOf("Action=CreateUser&UserName=ada"), "ok");
    for (const form of [
      "Action=GetUser&UserName=ada&UserName=bashir",
      "Action=GetUser&UserName=ada&UserName=ada",
      "Action=GetUser&Action=DeleteUser&UserName=ada",
    ]) {
      assert.equal(await codeOf(form), "MalformedQueryString", form);
    }
    assert.equal(
      await tag(...team, "Tags.member.1.Value=red"),
      "MalformedQueryString",
    );
    assert.equal(await tag(...team), "ok");
  });

  it("is refused where it is a value and a list at once", async () => {
    assert.equal(await codeOf("Action=CreateUser&UserName=ada"), "ok");
    for (const stray of ["Tags=x", "Tags.member=x", "Tags.member.1=x"]) {
      assert.equal(await tag(...team, stray), "ValidationError", stray);
    }
    assert.equal(await codeOf("Action=UntagUser&UserName=ada&TagKeys="), "ok");
  });
});
