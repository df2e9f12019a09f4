import assert from "node:assert/strict";
import { PutUserPolicyCommand, type IAMClient } from "@aws-sdk/client-iam";
import { GetFederationTokenCommand } from "@aws-sdk/client-sts";
import { credentialsOf, sendSigned } from "../../../sandbox/signed-request";
import {
  deploymentIn,
  type ClientCredentials,
} from "../../../sandbox/tour/people";
import { stsOf } from "./clients";
import {
  allow,
  bastionId,
  conversationForEach,
  policyText,
  refused,
  userWithKey,
} from "./iam/conversation";
import { assume, inRole, makeRole, trusts } from "./sessions";

const nothing = policyText(allow("s3:*"));

describe("A session that a resource's policy names", () => {
  const conversation = conversationForEach();
  const { send } = conversation;

  const kms = async (
    by: ClientCredentials,
    action: string,
    body: object,
  ): Promise<Readonly<Record<string, unknown>>> => {
    const { text } = await sendSigned(conversation.aws.endpoint, by, {
      service: "kms",
      region: "us-east-1",
      method: "POST",
      headers: {
        "content-type": "application/x-amz-json-1.1",
        "x-amz-target": `TrentService.${action}`,
      },
      body: JSON.stringify(body),
    });
    return JSON.parse(text) as Readonly<Record<string, unknown>>;
  };
  /** Whether somebody sees a key whose policy lets that principal. */
  const seesKeyOf = async (principal: string, by: ClientCredentials) => {
    const administrator = await deploymentIn(conversation.aws, bastionId);
    const { KeyMetadata } = await kms(administrator, "CreateKey", {
      Policy: policyText(
        { ...trusts("kms:*"), Resource: "*" },
        {
          ...allow("kms:DescribeKey"),
          Principal: { AWS: `arn:aws:${principal}` },
        },
      ),
    });
    const { KeyId } = KeyMetadata as { readonly KeyId: string };
    return "KeyMetadata" in (await kms(by, "DescribeKey", { KeyId }));
  };

  describe("of a role", () => {
    const session = (Policy: string) =>
      deploymentIn(conversation.aws, bastionId).then((administrator) =>
        inRole(conversation, administrator, "ops", { Policy }),
      );
    const named = `sts::${bastionId}:assumed-role/ops/test`;
    const role = `iam::${bastionId}:role/ops`;

    beforeEach(() => makeRole(conversation, "ops", trusts("sts:AssumeRole")));

    it("needs no allow of its session policies; one of the role does", async () => {
      const by = await session(nothing);
      assert.equal(await seesKeyOf(named, by), true);
      assert.equal(await seesKeyOf(role, by), false);
      assert.equal(
        await seesKeyOf(role, await session(policyText(allow("*")))),
        true,
      );
      assert.equal(
        await seesKeyOf(`sts::${bastionId}:assumed-role/ops/other`, by),
        false,
      );
    });

    it("is held by what its session policies deny", async () => {
      const denied = { ...allow("kms:*"), Effect: "Deny" };
      const by = await session(policyText(allow("s3:*"), denied));
      assert.equal(await seesKeyOf(named, by), false);
    });

    it("takes a role that trusts it", async () => {
      const by = await session(nothing);
      const trusting = (principal: string) =>
        trusts("sts:AssumeRole", {
          Principal: { AWS: `arn:aws:${principal}` },
        });
      await makeRole(conversation, "next", trusting(named));
      await makeRole(conversation, "roles", trusting(role));
      await makeRole(
        conversation,
        "everybody",
        trusts("sts:AssumeRole", { Principal: { AWS: "*" } }),
      );
      await assume(conversation, by, "next");
      for (const bounded of ["roles", "everybody"]) {
        await refused(
          assume(conversation, by, bounded),
          "AccessDenied",
          "because no session policy allows the sts:AssumeRole action",
        );
      }
    });
  });

  describe("of somebody federated", () => {
    let ada: IAMClient;

    beforeEach(async () => {
      ada = await userWithKey(conversation, "ada");
      await userWithKey(conversation, "guest");
      await send(
        new PutUserPolicyCommand({
          UserName: "ada",
          PolicyName: "p",
          PolicyDocument: policyText(allow("sts:*")),
        }),
      );
    });

    const guest = async (Policy?: string) => {
      const { Credentials } = await stsOf(
        conversation.aws,
        await ada.config.credentials(),
      ).send(new GetFederationTokenCommand({ Name: "guest", Policy }));
      return credentialsOf(Credentials);
    };
    const all = policyText(allow("*"));
    const denial = policyText({ ...allow("*"), Effect: "Deny" });

    for (const [what, principal, policy, isSeen] of [
      ["itself", `sts::${bastionId}:federated-user/guest`, undefined, true],
      [
        "itself, and denies",
        `sts::${bastionId}:federated-user/guest`,
        denial,
        false,
      ],
      ["another", `sts::${bastionId}:federated-user/other`, all, false],
      ["who federated it", `iam::${bastionId}:user/ada`, all, true],
      [
        "who federated it, and allows nothing",
        `iam::${bastionId}:user/ada`,
        undefined,
        false,
      ],
      ["a user of its name", `iam::${bastionId}:user/guest`, all, false],
    ] as const) {
      it(`${isSeen ? "is" : "is not"} let in by a policy that names ${what}`, async () => {
        assert.equal(await seesKeyOf(principal, await guest(policy)), isSeen);
      });
    }
  });
});
