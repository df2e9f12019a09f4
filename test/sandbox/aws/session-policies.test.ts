import assert from "node:assert/strict";
import {
  CreateAccessKeyCommand,
  CreatePolicyCommand,
  CreateUserCommand,
  DeletePolicyCommand,
  GetUserCommand,
  ListRolesCommand,
  ListUsersCommand,
  PutUserPolicyCommand,
} from "@aws-sdk/client-iam";
import type { AssumeRoleCommandInput } from "@aws-sdk/client-sts";
import type { ClientCredentials } from "../../../sandbox/tour/people";
import { iamOf } from "./clients";
import {
  allow,
  bastionId,
  conversationForEach,
  policyText,
  readOnly,
  refused,
} from "./iam/conversation";
import { assume, inRole, makeRole, trusts } from "./sessions";

describe("A session of a role", () => {
  const conversation = conversationForEach();
  const { send } = conversation;
  let ada: ClientCredentials;

  beforeEach(async () => {
    await send(new CreateUserCommand({ UserName: "ada" }));
    await send(
      new PutUserPolicyCommand({
        UserName: "ada",
        PolicyName: "sts",
        PolicyDocument: policyText(allow("sts:*")),
      }),
    );
    const { AccessKey } = await send(
      new CreateAccessKeyCommand({ UserName: "ada" }),
    );
    assert(AccessKey?.AccessKeyId && AccessKey.SecretAccessKey);
    ada = {
      accessKeyId: AccessKey.AccessKeyId,
      secretAccessKey: AccessKey.SecretAccessKey,
    };
    await makeRole(conversation, "ops", trusts("sts:AssumeRole"));
  });

  const managed = async (
    PolicyName: string,
    ...statements: readonly Readonly<Record<string, unknown>>[]
  ) => {
    const PolicyDocument = policyText(...statements);
    const { Policy } = await send(
      new CreatePolicyCommand({ PolicyName, PolicyDocument }),
    );
    return { arn: Policy?.Arn ?? "" };
  };
  const opened = async (more: Partial<AssumeRoleCommandInput>) =>
    iamOf(conversation.aws, await inRole(conversation, ada, "ops", more));
  const createUser = new CreateUserCommand({ UserName: "eve" });
  const listUsers = new ListUsersCommand({});
  const listRoles = new ListRolesCommand({});
  const noSessionPolicy = (action: string) =>
    `because no session policy allows the ${action} action`;

  it("has all its rights where it is opened without a policy", async () => {
    await (await opened({})).send(createUser);
  });

  it("makes no user under ReadOnlyAccess", async () => {
    const session = await opened({ PolicyArns: [{ arn: readOnly }] });
    await session.send(listUsers);
    await refused(
      session.send(createUser),
      "AccessDenied",
      noSessionPolicy("iam:CreateUser"),
    );
  });

  it("may do what one of several policies allows, and nothing that one denies", async () => {
    const lists = await managed(
      "lists",
      allow("iam:ListUsers"),
      allow("iam:ListRoles"),
    );
    const denies = await managed("denies", {
      Sid: "a",
      Effect: "Deny",
      Action: "iam:ListRoles",
      Resource: "*",
    });
    const session = await opened({
      PolicyArns: [lists, denies],
      Policy: policyText({ Sid: "a", ...allow("iam:GetUser") }),
    });
    await session.send(listUsers);
    await session.send(new GetUserCommand({ UserName: "ada" }));
    await refused(
      session.send(listRoles),
      "AccessDenied",
      "with an explicit deny in a session policy",
    );
    await refused(session.send(createUser), "AccessDenied");
  });

  it("has no right that its role does not have", async () => {
    await makeRole(conversation, "denied", trusts("sts:AssumeRole"));
    const session = iamOf(
      conversation.aws,
      await inRole(conversation, ada, "ops", {
        Policy: policyText({ ...allow("sts:*"), Resource: "*" }),
      }),
    );
    await refused(session.send(listUsers), "AccessDenied");
  });

  it("loses what a managed policy allowed once that policy is deleted", async () => {
    const lists = await managed("lists", allow("iam:ListUsers"));
    const session = await opened({ PolicyArns: [lists] });
    await session.send(listUsers);
    await send(new DeletePolicyCommand({ PolicyArn: lists.arn }));
    await refused(session.send(listUsers), "AccessDenied");
  });

  it("tells how much of its token the policies take, where there are any", async () => {
    const size = async (more: Partial<AssumeRoleCommandInput> = {}) => {
      const answer = await assume(conversation, ada, "ops", more);
      return (answer as { readonly PackedPolicySize?: number })
        .PackedPolicySize;
    };
    assert.equal(await size(), undefined);
    const some = (await size({ Policy: policyText(allow("*")) })) ?? 0;
    assert(some > 0 && some < 100, String(some));
  });

  for (const [what, more, code] of [
    [
      "eleven policies",
      { PolicyArns: Array.from({ length: 11 }, () => ({ arn: readOnly })) },
      "ValidationError",
    ],
    [
      "over 2,048 characters",
      {
        Policy: policyText(
          allow("s3:GetObject", `arn:aws:s3:::${"a".repeat(2_048)}`),
        ),
      },
      "ValidationError",
    ],
    [
      "a policy that is not there",
      { PolicyArns: [{ arn: `arn:aws:iam::${bastionId}:policy/none` }] },
      "InvalidParameterValue",
    ],
    [
      "a policy of AWS's for a service's own role",
      {
        PolicyArns: [
          {
            arn: "arn:aws:iam::aws:policy/aws-service-role/AWSSupportServiceRolePolicy",
          },
        ],
      },
      "InvalidParameterValue",
    ],
    ["a text that is no policy", { Policy: "{}" }, "MalformedPolicyDocument"],
  ] as const) {
    it(`is not opened with ${what}`, async () => {
      await refused(
        assume(conversation, ada, "ops", { ...more } as never),
        code,
      );
    });
  }
});
