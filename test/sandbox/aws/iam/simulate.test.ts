import assert from "node:assert/strict";
import {
  CreatePolicyCommand,
  CreateUserCommand,
  GetContextKeysForPrincipalPolicyCommand,
  ListUsersCommand,
  PutUserPermissionsBoundaryCommand,
  PutUserPolicyCommand,
  SimulateCustomPolicyCommand,
  SimulatePrincipalPolicyCommand,
  type SimulateCustomPolicyCommandInput,
  type SimulatePrincipalPolicyCommandInput,
} from "@aws-sdk/client-iam";
import { makeControlPolicy, administer } from "../organizations";
import {
  allow,
  bastionId,
  conversationForEach,
  policyText,
  refused,
} from "./conversation";

const ada = `arn:aws:iam::${bastionId}:user/ada`;
const deny = (Action: string) => ({ ...allow(Action), Effect: "Deny" });

describe("IAM's simulator", () => {
  const conversation = conversationForEach();
  const { send } = conversation;

  const custom = async (
    policies: readonly (readonly object[])[],
    more: Partial<SimulateCustomPolicyCommandInput> = {},
  ) => {
    const { EvaluationResults = [] } = await send(
      new SimulateCustomPolicyCommand({
        PolicyInputList: policies.map((one) => policyText(...(one as never[]))),
        ActionNames: ["iam:ListUsers"],
        ...more,
      }),
    );
    return EvaluationResults;
  };
  const decisions = async (...asked: Parameters<typeof custom>) =>
    (await custom(...asked)).map(({ EvalDecision }) => EvalDecision);

  it("decides each action on each resource", async () => {
    const own = `arn:aws:iam::${bastionId}:user/ada`;
    const other = `arn:aws:iam::${bastionId}:user/bob`;
    const results = await custom(
      [[allow("iam:GetUser", own), deny("iam:DeleteUser")]],
      {
        ActionNames: ["iam:GetUser", "iam:DeleteUser"],
        ResourceArns: [own, other],
      },
    );
    assert.deepEqual(
      results.map((one) => [
        one.EvalActionName,
        one.EvalResourceName,
        one.EvalDecision,
      ]),
      [
        ["iam:GetUser", own, "allowed"],
        ["iam:GetUser", other, "implicitDeny"],
        ["iam:DeleteUser", own, "explicitDeny"],
        ["iam:DeleteUser", other, "explicitDeny"],
      ],
    );
    assert.deepEqual(results[0]?.MatchedStatements, [
      { SourcePolicyId: "PolicyInputList.1", SourcePolicyType: "IAM Policy" },
    ]);
  });

  it("takes a right to one resource for no right to all", async () => {
    const ActionNames = ["iam:GetUser"];
    assert.deepEqual(
      await decisions([[allow("iam:GetUser", ada)]], { ActionNames }),
      ["implicitDeny"],
    );
    assert.deepEqual(
      await decisions([[allow("iam:GetUser")]], { ActionNames }),
      ["allowed"],
    );
  });

  it("takes the context that it is given, and tells what is missing", async () => {
    const withMfa = {
      ...allow("iam:ListUsers"),
      Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } },
    };
    const [missing] = await custom([[withMfa]]);
    assert.equal(missing?.EvalDecision, "implicitDeny");
    assert.deepEqual(missing.MissingContextValues, [
      "aws:MultiFactorAuthPresent",
    ]);
    const [given] = await custom([[withMfa]], {
      ContextEntries: [
        {
          ContextKeyName: "aws:multifactorauthpresent",
          ContextKeyValues: ["true"],
          ContextKeyType: "boolean",
        },
      ],
    });
    assert.equal(given?.EvalDecision, "allowed");
    assert.deepEqual(given.MissingContextValues ?? [], []);
  });

  it("keeps to a boundary that it is given", async () => {
    const [bound] = await custom([[allow("iam:*")]], {
      PermissionsBoundaryPolicyInputList: [policyText(allow("s3:*"))],
    });
    assert.equal(bound?.EvalDecision, "implicitDeny");
    assert.deepEqual(bound.PermissionsBoundaryDecisionDetail, {
      AllowedByPermissionsBoundary: false,
    });
  });

  describe("of a user", () => {
    beforeEach(async () => {
      await send(new CreateUserCommand({ UserName: "ada" }));
      await send(
        new PutUserPolicyCommand({
          UserName: "ada",
          PolicyName: "p",
          PolicyDocument: policyText(allow("iam:List*")),
        }),
      );
    });

    const simulated = async (
      more: Partial<SimulatePrincipalPolicyCommandInput> = {},
    ) => {
      const { EvaluationResults: [result] = [] } = await send(
        new SimulatePrincipalPolicyCommand({
          PolicySourceArn: ada,
          ActionNames: ["iam:ListUsers"],
          ...more,
        }),
      );
      return result;
    };

    it("takes their policies, and those that the request brings", async () => {
      assert.equal((await simulated())?.EvalDecision, "allowed");
      const denied = await simulated({
        PolicyInputList: [policyText(deny("iam:ListUsers"))],
      });
      assert.equal(denied?.EvalDecision, "explicitDeny");
    });

    it("takes their boundary, unless the request brings another", async () => {
      const { Policy } = await send(
        new CreatePolicyCommand({
          PolicyName: "boundary",
          PolicyDocument: policyText(allow("s3:*")),
        }),
      );
      await send(
        new PutUserPermissionsBoundaryCommand({
          UserName: "ada",
          PermissionsBoundary: Policy?.Arn,
        }),
      );
      assert.equal((await simulated())?.EvalDecision, "implicitDeny");
      const other = await simulated({
        PermissionsBoundaryPolicyInputList: [policyText(allow("*"))],
      });
      assert.equal(other?.EvalDecision, "allowed");
    });

    it("takes the service control policies of the account", async () => {
      const { aws } = conversation;
      assert.deepEqual((await simulated())?.OrganizationsDecisionDetail, {
        AllowedByOrganizations: true,
      });
      const PolicyId = await makeControlPolicy(aws, "p", {
        Version: "2012-10-17",
        Statement: [{ ...deny("iam:ListUsers") }],
      });
      await administer(aws, "AttachPolicy", { PolicyId, TargetId: bastionId });
      const result = await simulated();
      assert.equal(result?.EvalDecision, "explicitDeny");
      assert.deepEqual(result.OrganizationsDecisionDetail, {
        AllowedByOrganizations: false,
      });
      await refused(send(new ListUsersCommand({})), "AccessDenied");
    });

    it("names the keys that their policies ask about", async () => {
      const { ContextKeyNames } = await send(
        new GetContextKeysForPrincipalPolicyCommand({
          PolicySourceArn: ada,
          PolicyInputList: [
            policyText({
              ...allow("s3:GetObject", "arn:aws:s3:::b/${aws:username}"),
              Condition: { StringEquals: { "aws:PrincipalTag/team": "a" } },
            }),
          ],
        }),
      );
      assert.deepEqual(ContextKeyNames, [
        "aws:PrincipalTag/team",
        "aws:username",
      ]);
    });

    it("misses one that is not there, or elsewhere", async () => {
      await refused(simulated({ PolicySourceArn: `${ada}x` }), "NoSuchEntity");
      await refused(
        simulated({ PolicySourceArn: "arn:aws:iam::123456789012:user/ada" }),
        "AccessDenied",
        "because no resource-based policy allows the iam:SimulatePrincipalPolicy action",
      );
    });
  });

  for (const [what, more, code] of [
    [
      "an action that there is not",
      { ActionNames: ["iam:Fly"] },
      "InvalidInput",
    ],
    [
      "a resource that the action can't be on",
      { ActionNames: ["iam:GetUser"], ResourceArns: ["arn:aws:s3:::bucket"] },
      "InvalidInput",
    ],
    [
      "a resource's policy, and nobody who asks",
      { ResourcePolicy: policyText({ ...allow("s3:*"), Principal: "*" }) },
      "InvalidInput",
    ],
    [
      "a parameter that the sandbox lacks",
      { ResourceHandlingOption: "EC2-VPC-InstanceStore" },
      "NotImplemented",
    ],
  ] as const) {
    it(`refuses ${what}`, () =>
      refused(custom([[allow("*")]], more as never), code));
  }
});
