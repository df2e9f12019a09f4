import assert from "node:assert/strict";
import {
  CreatePolicyCommand,
  CreateUserCommand,
  ListUsersCommand,
  PutRolePermissionsBoundaryCommand,
  PutRolePolicyCommand,
} from "@aws-sdk/client-iam";
import { sendSigned } from "../../../sandbox/signed-request";
import { deploymentIn } from "../../../sandbox/tour/people";
import { iamOf } from "./clients";
import {
  allow,
  bastionId,
  conversationForEach,
  policyText,
  refused,
} from "./iam/conversation";
import { assume, inRole, makeRole, trusts } from "./sessions";

const deny = (Action: string) => ({ Effect: "Deny", Action, Resource: "*" });

describe("A refusal tells who may not do what on which resource, and", () => {
  const conversation = conversationForEach();
  const { send } = conversation;

  beforeEach(() => makeRole(conversation, "ops", trusts("sts:AssumeRole")));

  const grant = (...statements: readonly Readonly<Record<string, unknown>>[]) =>
    send(
      new PutRolePolicyCommand({
        RoleName: "ops",
        PolicyName: "all",
        PolicyDocument: policyText(...statements),
      }),
    );
  const bind = async (
    ...statements: readonly Readonly<Record<string, unknown>>[]
  ) => {
    const { Policy } = await send(
      new CreatePolicyCommand({
        PolicyName: "boundary",
        PolicyDocument: policyText(...statements),
      }),
    );
    await send(
      new PutRolePermissionsBoundaryCommand({
        RoleName: "ops",
        PermissionsBoundary: Policy?.Arn,
      }),
    );
  };
  const session = async (more: { readonly Policy?: string } = {}) =>
    iamOf(
      conversation.aws,
      await inRole(
        conversation,
        await deploymentIn(conversation.aws, bastionId),
        "ops",
        more,
      ),
    );
  const user = `arn:aws:sts::${bastionId}:assumed-role/ops/test`;
  const boundary = `arn:aws:iam::${bastionId}:policy/boundary`;

  const cases: readonly (readonly [
    what: string,
    prepare: () => Promise<{ readonly Policy?: string } | undefined>,
    reason: string,
  ])[] = [
    [
      "that no policy of the identity allows it",
      async () => {
        await grant(allow("s3:*"));
        return undefined;
      },
      "because no identity-based policy allows the iam:CreateUser action",
    ],
    [
      "that a policy of the identity denies it",
      async () => {
        await grant(allow("*"), deny("iam:*"));
        return undefined;
      },
      "with an explicit deny in an identity-based policy",
    ],
    [
      "that the boundary does not allow it",
      async () => {
        await bind(allow("s3:*"));
        return undefined;
      },
      "because no permissions boundary allows the iam:CreateUser action",
    ],
    [
      "which boundary denies it",
      async () => {
        await bind(allow("*"), deny("iam:*"));
        return undefined;
      },
      `with an explicit deny in a permissions boundary: ${boundary}`,
    ],
    [
      "that no session policy allows it",
      () => Promise.resolve({ Policy: policyText(allow("s3:*")) }),
      "because no session policy allows the iam:CreateUser action",
    ],
    [
      "that a session policy denies it",
      () => Promise.resolve({ Policy: policyText(allow("*"), deny("iam:*")) }),
      "with an explicit deny in a session policy",
    ],
    [
      "the identity's policy before the boundary and the session's",
      async () => {
        await grant(allow("s3:*"));
        await bind(allow("s3:*"));
        return { Policy: policyText(allow("s3:*")) };
      },
      "because no identity-based policy allows the iam:CreateUser action",
    ],
    [
      "a deny before anything that is missing",
      async () => {
        await grant(allow("s3:*"));
        return { Policy: policyText(deny("iam:*")) };
      },
      "with an explicit deny in a session policy",
    ],
  ];
  for (const [what, prepare, reason] of cases) {
    it(what, async () => {
      const more = await prepare();
      const iam = await session(more);
      await refused(
        iam.send(new CreateUserCommand({ UserName: "eve" })),
        "AccessDenied",
        `User: ${user} is not authorized to perform: iam:CreateUser on resource: arn:aws:iam::${bastionId}:user/eve ${reason}`,
      );
    });
  }

  it("names no reason where there is none: the call is let through", async () => {
    await bind(allow("*"));
    const iam = await session({ Policy: policyText(allow("*")) });
    await iam.send(new ListUsersCommand({}));
  });

  it("begins in EC2 as EC2's do", async () => {
    await grant(allow("s3:*"));
    const { text } = await sendSigned(
      conversation.aws.endpoint,
      await inRole(
        conversation,
        await deploymentIn(conversation.aws, bastionId),
        "ops",
      ),
      {
        service: "ec2",
        region: "us-east-1",
        method: "POST",
        headers: { "content-type": "application/x-www-form-urlencoded" },
        body: "Action=DescribeInstances&Version=2016-11-15",
      },
    );
    assert.match(text, /<Code>UnauthorizedOperation<\/Code>/);
    assert.match(
      text,
      new RegExp(
        `<Message>You are not authorized to perform this operation. User: ${user} is not authorized to perform: ec2:DescribeInstances `,
      ),
    );
  });

  it("whether the role's trust does not allow it, or denies it", async () => {
    const refusedTo = async (role: string, reason: string) =>
      refused(
        assume(
          conversation,
          await deploymentIn(conversation.aws, bastionId),
          role,
        ),
        "AccessDenied",
        reason,
      );
    await makeRole(conversation, "tags", trusts("sts:TagSession"));
    await refusedTo(
      "tags",
      "because no role trust policy allows the sts:AssumeRole action",
    );
    await makeRole(
      conversation,
      "shut",
      trusts("sts:AssumeRole"),
      trusts("sts:AssumeRole", { Effect: "Deny" }),
    );
    await refusedTo("shut", "with an explicit deny in the role trust policy");
  });
});
