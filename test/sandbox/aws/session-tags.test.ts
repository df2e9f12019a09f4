import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  ListUsersCommand,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
  TagRoleCommand,
} from "@aws-sdk/client-iam";
import { GetFederationTokenCommand } from "@aws-sdk/client-sts";
import type { ClientCredentials } from "../../../sandbox/tour/people";
import { deploymentIn } from "../../../sandbox/tour/people";
import { iamOf, stsOf } from "./clients";
import {
  allow,
  bastionId,
  conversationForEach,
  policyText,
  refused,
} from "./iam/conversation";
import { assume, inRole, makeRole, trusts } from "./sessions";

const tag = (Value: string, Key = "team") => ({ Tags: [{ Key, Value }] });

describe("Session tags and a source identity", () => {
  const conversation = conversationForEach();
  const { send } = conversation;
  let administrator: ClientCredentials;

  beforeEach(async () => {
    administrator = await deploymentIn(conversation.aws, bastionId);
    await makeRole(conversation, "plain", trusts("sts:AssumeRole"));
    for (const name of ["open", "next"]) {
      await makeRole(
        conversation,
        name,
        trusts(["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"]),
      );
    }
  });

  const take = (role: string, more = {}, by = administrator) =>
    inRole(conversation, by, role, more);
  const refusedTo = (
    role: string,
    more: object,
    code: string,
    message = "",
    by = administrator,
  ) => refused(assume(conversation, by, role, more), code, message);
  /** Lets the role list users only under that condition. */
  const onlyWhen = (RoleName: string, condition: object) =>
    send(
      new PutRolePolicyCommand({
        RoleName,
        PolicyName: "all",
        PolicyDocument: policyText(allow("sts:*"), {
          ...allow("iam:ListUsers"),
          Condition: { StringEquals: condition },
        }),
      }),
    );
  const list = (credentials: ClientCredentials) =>
    iamOf(conversation.aws, credentials).send(new ListUsersCommand({}));

  it("take sts:TagSession and sts:SetSourceIdentity in the role's trust", async () => {
    await refusedTo(
      "plain",
      tag("a"),
      "AccessDenied",
      "because no role trust policy allows the sts:TagSession action",
    );
    await refusedTo(
      "plain",
      { SourceIdentity: "ada" },
      "AccessDenied",
      "because no role trust policy allows the sts:SetSourceIdentity action",
    );
    await take("open", { ...tag("a"), SourceIdentity: "ada" });
  });

  it("have no key of AWS's own", async () => {
    for (const key of ["aws:PrincipalArn", "AWS:team"])
      await refusedTo("open", tag("a", key), "InvalidParameterValue", "aws:");
  });

  it("take the caller's right to them, too", async () => {
    await send(
      new PutRolePolicyCommand({
        RoleName: "plain",
        PolicyName: "all",
        PolicyDocument: policyText(allow("sts:AssumeRole")),
      }),
    );
    const session = await take("plain");
    await take("open", {}, session);
    await refusedTo(
      "open",
      tag("a"),
      "AccessDenied",
      "because no identity-based policy allows the sts:TagSession action",
      session,
    );
  });

  it("are what a trust policy can ask for", async () => {
    await makeRole(
      conversation,
      "picky",
      trusts("sts:AssumeRole"),
      trusts("sts:TagSession", {
        Condition: {
          StringEquals: { "aws:RequestTag/team": "a" },
          "ForAllValues:StringEquals": {
            "aws:TagKeys": ["team"],
            "sts:TransitiveTagKeys": ["team"],
          },
        },
      }),
      trusts("sts:SetSourceIdentity", {
        Condition: { StringLike: { "sts:SourceIdentity": "ad*" } },
      }),
    );
    await take("picky", { ...tag("a"), TransitiveTagKeys: ["team"] });
    await take("picky", { SourceIdentity: "ada" });
    await refusedTo("picky", tag("b"), "AccessDenied");
    await refusedTo("picky", tag("a", "cost"), "AccessDenied");
    await refusedTo("picky", { SourceIdentity: "bob" }, "AccessDenied");
  });

  it("are the session's principal tags, before the role's, whatever their case", async () => {
    await send(
      new TagRoleCommand({
        RoleName: "open",
        Tags: [
          { Key: "team", Value: "roles" },
          { Key: "cost", Value: "roles" },
        ],
      }),
    );
    await onlyWhen("open", {
      "aws:PrincipalTag/team": "mine",
      "aws:PrincipalTag/cost": "roles",
    });
    await list(await take("open", tag("mine", "Team")));
    await refused(list(await take("open")), "AccessDenied");
  });

  it("stay through a chain of roles where they are transitive, and are not changed", async () => {
    await onlyWhen("next", { "aws:PrincipalTag/team": "a" });
    const transitive = await take("open", {
      Tags: [...tag("a").Tags, ...tag("b", "cost").Tags],
      TransitiveTagKeys: ["team"],
    });
    await list(await take("next", {}, transitive));
    await list(await take("next", tag("c", "cost"), transitive));
    await refusedTo(
      "next",
      tag("b", "TEAM"),
      "InvalidParameterValue",
      "conflicts with a transitive tag key",
      transitive,
    );
    await refusedTo("plain", {}, "AccessDenied", "sts:TagSession", transitive);
    const passing = await take("open", tag("a"));
    await refused(list(await take("next", {}, passing)), "AccessDenied");
  });

  it("name the source of a chain, for good", async () => {
    await onlyWhen("next", { "aws:SourceIdentity": "ada" });
    const first = await take("open", { SourceIdentity: "ada" });
    const { SourceIdentity } = await assume(conversation, first, "next");
    assert.equal(SourceIdentity, "ada");
    await list(await take("next", {}, first));
    await refusedTo(
      "next",
      { SourceIdentity: "eve" },
      "AccessDenied",
      "can't be changed",
      first,
    );
    await refusedTo(
      "plain",
      {},
      "AccessDenied",
      "sts:SetSourceIdentity",
      first,
    );
    await refused(list(await take("next")), "AccessDenied");
  });

  for (const [what, more] of [
    [
      "twice the same key",
      { Tags: [...tag("a").Tags, ...tag("b", "Team").Tags] },
    ],
    ["a key that AWS keeps to itself", tag("a", "aws:PrincipalArn")],
    ["such a key in another case", tag("a", "AWS:x")],
    ["a transitive key that is no tag's", { TransitiveTagKeys: ["team"] }],
  ] as const) {
    it(`are refused with ${what}`, async () => {
      await refusedTo("open", more, "InvalidParameterValue");
    });
  }

  it("may have keys that only look like those that AWS keeps to itself", async () => {
    await take("open", tag("aws:", "awsome"));
    await take("open", tag("a", "my:aws:key"));
  });

  const fifty = (value: (index: number) => string, count = 50) => ({
    Tags: Array.from({ length: count }, (_, index) => ({
      Key: `key${index}`,
      Value: value(index),
    })),
  });
  /** Text that nothing packs to much less than it is. */
  const noise = (index: number) =>
    createHash("sha512")
      .update(String(index))
      .digest("base64")
      .replace(/=/g, "");

  it("are fifty at most, and take no more of a token than there is", async () => {
    await take("open", fifty(String));
    await refusedTo("open", fifty(String, 51), "ValidationError");
    await refusedTo(
      "open",
      fifty(noise),
      "PackedPolicyTooLarge",
      "Packed size of session tags consumes",
    );
  });

  it("of somebody federated are held to the same", async () => {
    await send(new CreateUserCommand({ UserName: "ada" }));
    await send(
      new PutUserPolicyCommand({
        UserName: "ada",
        PolicyName: "all",
        PolicyDocument: policyText(allow("*")),
      }),
    );
    const { AccessKey } = await send(
      new CreateAccessKeyCommand({ UserName: "ada" }),
    );
    const federate = (more: ReturnType<typeof tag>) =>
      stsOf(conversation.aws, {
        accessKeyId: AccessKey?.AccessKeyId ?? "",
        secretAccessKey: AccessKey?.SecretAccessKey ?? "",
      }).send(new GetFederationTokenCommand({ Name: "guest", ...more }));
    await federate(tag("a"));
    await refused(federate(tag("a", "Aws:x")), "InvalidParameterValue");
    await refused(federate(fifty(noise)), "PackedPolicyTooLarge");
  });
});
