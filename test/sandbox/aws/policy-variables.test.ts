import assert from "node:assert/strict";
import {
  CreateRoleCommand,
  GetContextKeysForCustomPolicyCommand,
  GetUserCommand,
  PutUserPolicyCommand,
  SimulateCustomPolicyCommand,
  type IAMClient,
} from "@aws-sdk/client-iam";
import { AssumeRoleCommand } from "@aws-sdk/client-sts";
import { iamOf, stsOf } from "./clients";
import {
  allow,
  bastionId,
  conversationForEach,
  policyText,
  refused,
  userWithKey,
} from "./iam/conversation";
import { inRole, makeRole, trusts } from "./sessions";

const self = `arn:aws:iam::${bastionId}:user/\${aws:username}`;
const me = "${aws:username}";

/** The version of the policy language, and whether it has variables. */
const versions: readonly (readonly [string, object, boolean])[] = [
  ["2012-10-17", { Version: "2012-10-17" }, true],
  ["2008-10-17", { Version: "2008-10-17" }, false],
  ["no version", {}, false],
];

/** Documents that let ada see herself, by what a variable in them stands for. */
const documents: readonly (readonly [
  where: string,
  statements: readonly object[],
  allowed: { readonly asVariable: boolean; readonly asText: boolean },
])[] = [
  [
    "a resource",
    [allow("iam:GetUser", self)],
    { asVariable: true, asText: false },
  ],
  [
    "a resource of a deny",
    [allow("iam:GetUser"), { ...allow("iam:GetUser", self), Effect: "Deny" }],
    { asVariable: false, asText: true },
  ],
  ...(
    [
      ["StringEquals", "aws:username", me, true],
      ["StringEqualsIgnoreCase", "aws:username", me, true],
      ["StringLike", "aws:username", me, true],
      ["StringNotEquals", "aws:username", me, false],
      ["StringNotLike", "aws:username", me, false],
      ["ArnLike", "aws:PrincipalArn", self, true],
      ["ArnNotLike", "aws:PrincipalArn", self, false],
    ] as const
  ).map(
    ([operator, key, value, asVariable]) =>
      [
        operator,
        [
          {
            ...allow("iam:GetUser"),
            Condition: { [operator]: { [key]: value } },
          },
        ],
        { asVariable, asText: !asVariable },
      ] as const,
  ),
];

const textOf = (version: object, statements: readonly object[]): string =>
  JSON.stringify({ ...version, Statement: statements });

describe("A policy variable", () => {
  const conversation = conversationForEach();
  const { send } = conversation;
  let ada: IAMClient;

  beforeEach(async () => {
    ada = await userWithKey(conversation, "ada");
  });

  const give = (PolicyDocument: string) =>
    send(
      new PutUserPolicyCommand({
        UserName: "ada",
        PolicyName: "p",
        PolicyDocument,
      }),
    );
  const getsHerself = (isAllowed: boolean) => {
    const answer = ada.send(new GetUserCommand({}));
    return isAllowed ? answer : refused(answer, "AccessDenied");
  };

  for (const [version, head, isVariable] of versions) {
    const means = isVariable ? "stands for a value" : "is the text itself";
    it(`${means} under ${version}`, async () => {
      for (const [where, statements, allowed] of documents) {
        await give(textOf(head, statements));
        await getsHerself(
          isVariable ? allowed.asVariable : allowed.asText,
        ).catch((error: unknown) => {
          throw new Error(`in ${where}`, { cause: error });
        });
      }
    });

    it(`${means} in a trust policy under ${version}`, async () => {
      const root = { AWS: `arn:aws:iam::${bastionId}:root` };
      await send(
        new CreateRoleCommand({
          RoleName: "named",
          AssumeRolePolicyDocument: textOf(head, [
            {
              Effect: "Allow",
              Principal: root,
              Action: "sts:AssumeRole",
              Condition: { StringEquals: { "sts:RoleSessionName": me } },
            },
          ]),
        }),
      );
      await give(policyText(allow("sts:*")));
      const answer = stsOf(
        conversation.aws,
        await ada.config.credentials(),
      ).send(
        new AssumeRoleCommand({
          RoleArn: `arn:aws:iam::${bastionId}:role/named`,
          RoleSessionName: "ada",
        }),
      );
      await (isVariable ? answer : refused(answer, "AccessDenied"));
    });

    it(`${means} in a session policy under ${version}`, async () => {
      await makeRole(conversation, "ops", trusts("sts:AssumeRole"));
      await give(policyText(allow("sts:*")));
      const own = `arn:aws:iam::${bastionId}:user/\${aws:PrincipalAccount}`;
      await userWithKey(conversation, bastionId);
      const session = iamOf(
        conversation.aws,
        await inRole(conversation, await ada.config.credentials(), "ops", {
          Policy: textOf(head, [allow("iam:GetUser", own)]),
        }),
      );
      const answer = session.send(new GetUserCommand({ UserName: bastionId }));
      await (isVariable ? answer : refused(answer, "AccessDenied"));
    });

    it(`${means} for IAM's simulator under ${version}`, async () => {
      const document = textOf(head, [
        {
          ...allow("iam:ListUsers"),
          Condition: { StringEquals: { "aws:SourceIdentity": me } },
        },
      ]);
      const decided = async (value: string) => {
        const { EvaluationResults = [] } = await send(
          new SimulateCustomPolicyCommand({
            PolicyInputList: [document],
            ActionNames: ["iam:ListUsers"],
            ContextEntries: (
              [
                ["aws:SourceIdentity", value],
                ["aws:username", "ada"],
              ] as const
            ).map(([ContextKeyName, one]) => ({
              ContextKeyName,
              ContextKeyValues: [one],
              ContextKeyType: "string",
            })),
          }),
        );
        return EvaluationResults[0]?.EvalDecision;
      };
      const [yes, no] = ["allowed", "implicitDeny"];
      assert.equal(await decided("ada"), isVariable ? yes : no);
      assert.equal(await decided(me), isVariable ? no : yes);
      const { ContextKeyNames } = await send(
        new GetContextKeysForCustomPolicyCommand({
          PolicyInputList: [document],
        }),
      );
      assert.deepEqual(
        ContextKeyNames,
        isVariable
          ? ["aws:SourceIdentity", "aws:username"]
          : ["aws:SourceIdentity"],
      );
    });
  }
});
