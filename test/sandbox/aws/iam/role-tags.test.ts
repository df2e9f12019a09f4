import {
  AddRoleToInstanceProfileCommand,
  CreateInstanceProfileCommand,
  CreateRoleCommand,
  PutUserPolicyCommand,
  type IAMClient,
} from "@aws-sdk/client-iam";
import { AssumeRoleCommand } from "@aws-sdk/client-sts";
import type { ClientCredentials } from "../../../../sandbox/tour/people";
import { iamOf, stsOf } from "../clients";
import {
  allow,
  bastionId,
  conversationForEach,
  newUserKey,
  policyText,
  refused,
  trustText,
} from "./conversation";

describe("The tags of a role", () => {
  const conversation = conversationForEach();
  const { send } = conversation;
  let key: ClientCredentials;
  let ada: IAMClient;

  beforeEach(async () => {
    key = await newUserKey(conversation, "ada");
    ada = iamOf(conversation.aws, key);
  });

  const grant = (...statements: readonly Readonly<Record<string, unknown>>[]) =>
    send(
      new PutUserPolicyCommand({
        UserName: "ada",
        PolicyName: "p",
        PolicyDocument: policyText(...statements),
      }),
    );
  const denied = (answer: Promise<unknown>) => refused(answer, "AccessDenied");

  const makeRoles = async (AssumeRolePolicyDocument: string) => {
    for (const team of ["mine", "other"]) {
      await send(
        new CreateRoleCommand({
          RoleName: team,
          AssumeRolePolicyDocument,
          Tags: [{ Key: "team", Value: team }],
        }),
      );
    }
  };
  const take = (role: string) =>
    stsOf(conversation.aws, key).send(
      new AssumeRoleCommand({
        RoleArn: `arn:aws:iam::${bastionId}:role/${role}`,
        RoleSessionName: "ada",
      }),
    );

  for (const name of ["aws:ResourceTag", "iam:ResourceTag"]) {
    it(`are seen where it is taken, as ${name}`, async () => {
      await makeRoles(trustText(`arn:aws:iam::${bastionId}:root`));
      const condition = { StringEquals: { [`${name}/team`]: "mine" } };
      await grant({ ...allow("sts:AssumeRole"), Condition: condition });
      await take("mine");
      await denied(take("other"));
      await grant(allow("sts:AssumeRole"), {
        Effect: "Deny",
        Action: "sts:AssumeRole",
        Resource: "*",
        Condition: condition,
      });
      await denied(take("mine"));
      await take("other");
    });

    it(`are seen by its trust policy, as ${name}`, async () => {
      await makeRoles(
        trustText(`arn:aws:iam::${bastionId}:user/ada`, {
          Condition: { StringEquals: { [`${name}/team`]: "mine" } },
        }),
      );
      await take("mine");
      await denied(take("other"));
    });
  }

  it("are seen where it is passed", async () => {
    await makeRoles(trustText("*"));
    for (const InstanceProfileName of ["mine", "other"]) {
      await send(new CreateInstanceProfileCommand({ InstanceProfileName }));
    }
    await grant(allow("iam:AddRoleToInstanceProfile"), {
      ...allow("iam:PassRole"),
      Condition: { StringEquals: { "iam:ResourceTag/team": "mine" } },
    });
    const add = (RoleName: string) =>
      ada.send(
        new AddRoleToInstanceProfileCommand({
          InstanceProfileName: RoleName,
          RoleName,
        }),
      );
    await add("mine");
    await denied(add("other"));
  });
});
