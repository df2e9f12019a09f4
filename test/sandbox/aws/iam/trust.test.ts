import { strict as assert } from "node:assert";
import {
  CreateGroupCommand,
  CreateRoleCommand,
  CreateUserCommand,
  DeleteAccessKeyCommand,
  DeleteUserCommand,
  DeleteUserPolicyCommand,
  GetRoleCommand,
  ListAccessKeysCommand,
  PutUserPolicyCommand,
  UpdateAssumeRolePolicyCommand,
  UpdateUserCommand,
} from "@aws-sdk/client-iam";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import {
  bastionId,
  administratorOf,
  allow,
  conversationForEach,
  decoded,
  devId,
  policyText,
  refused,
  trustText,
  userWithKey,
} from "./conversation";

describe("A trust policy", () => {
  const conversation = conversationForEach();
  const { send } = conversation;

  beforeEach(async () => {
    await send(new CreateUserCommand({ UserName: "ada", Path: "/staff/" }));
    await send(new CreateGroupCommand({ GroupName: "staff" }));
  });

  const trusting = (AssumeRolePolicyDocument: string, RoleName = "role") =>
    send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));

  const ada = `arn:aws:iam::${bastionId}:user/staff/ada`;
  const organization = "role/OrganizationAccountAccessRole";

  for (const [what, principal] of [
    ["a user that exists", ada],
    ["a role that exists", `arn:aws:iam::${devId}:${organization}`],
    ["a role's session", `arn:aws:sts::${devId}:assumed-${organization}/x`],
    ["an account of this cloud", `arn:aws:iam::${devId}:root`],
    ["an account elsewhere", "arn:aws:iam::987654321098:root"],
    ["an account by its id", "987654321098"],
    ["everybody", "*"],
  ] as const) {
    it(`may name ${what}`, async () => {
      await trusting(trustText(principal));
    });
  }

  it("may not name a canonical id, which is S3's alone", async () => {
    await refused(
      trusting(
        policyText({
          Effect: "Allow",
          Action: "sts:AssumeRole",
          Principal: { CanonicalUser: "abc" },
        }),
      ),
      "MalformedPolicyDocument",
    );
  });

  for (const [what, principal] of [
    ["a user that does not exist", `arn:aws:iam::${bastionId}:user/nobody`],
    ["a user under another path", `arn:aws:iam::${bastionId}:user/ada`],
    ["a role that does not exist", `arn:aws:iam::${devId}:role/none`],
    ["a user of an account elsewhere", "arn:aws:iam::987654321098:user/ada"],
    ["a group", `arn:aws:iam::${bastionId}:group/staff`],
    ["an account of another partition", `arn:aws-cn:iam::${bastionId}:root`],
    ["an id that nobody has", "AIDAAAAAAAAAAAAAAAAAA"],
    ["a wildcard in an ARN", `arn:aws:iam::${bastionId}:user/*`],
    ["an account of eleven digits", "98765432109"],
  ] as const) {
    it(`may not name ${what}`, async () => {
      await refused(
        trusting(trustText(["*", principal])),
        "MalformedPolicyDocument",
        `Invalid principal in policy: "AWS":"${principal}"`,
      );
    });
  }

  for (const [what, document] of [
    ["a resource", trustText("*", { Resource: "*" })],
    ["all resources but some", trustText("*", { NotResource: "*" })],
    ["no principal", policyText({ Effect: "Allow", Action: "sts:AssumeRole" })],
    ["another service's action", trustText("*", { Action: "s3:GetObject" })],
    ["every action", trustText("*", { Action: "*" })],
    ["an element that does not exist", trustText("*", { Principle: "*" })],
    ["an unknown operator", trustText("*", { Condition: { Is: { a: "b" } } })],
  ] as const) {
    it(`may not have ${what}`, async () => {
      await refused(trusting(document), "MalformedPolicyDocument");
    });
  }

  it("is held to the same when it is changed", async () => {
    await trusting(trustText("*"));
    await refused(
      send(
        new UpdateAssumeRolePolicyCommand({
          RoleName: "role",
          PolicyDocument: trustText(`arn:aws:iam::${bastionId}:user/nobody`),
        }),
      ),
      "MalformedPolicyDocument",
    );
    const { Role } = await send(new GetRoleCommand({ RoleName: "role" }));
    assert.deepEqual(
      decoded(Role?.AssumeRolePolicyDocument),
      JSON.parse(trustText("*")),
    );
  });

  /** The principal that AWS shows, and what the condition beside it names. */
  async function shown(): Promise<readonly unknown[]> {
    const { Role } = await send(new GetRoleCommand({ RoleName: "role" }));
    const { Statement } = decoded(Role?.AssumeRolePolicyDocument) as {
      Statement: {
        Principal: { AWS: unknown };
        Condition: { ArnEquals: Record<string, unknown> };
      }[];
    };
    return [
      Statement[0]?.Principal.AWS,
      Statement[0]?.Condition.ArnEquals["aws:PrincipalArn"],
    ];
  }

  it("follows a user who is renamed, and leaves conditions alone", async () => {
    await trusting(
      trustText([ada, bastionId], {
        Condition: { ArnEquals: { "aws:PrincipalArn": ada } },
      }),
    );
    await send(
      new UpdateUserCommand({ UserName: "ada", NewUserName: "lovelace" }),
    );
    assert.deepEqual(await shown(), [
      [`arn:aws:iam::${bastionId}:user/staff/lovelace`, bastionId],
      ada,
    ]);
  });

  it("shows the id of a user who is gone, and can't be saved with it", async () => {
    const { Role } = await trusting(
      trustText(ada, { Condition: { ArnEquals: { "aws:PrincipalArn": ada } } }),
    );
    assert(Role);
    await send(new DeleteUserCommand({ UserName: "ada" }));
    const [id, condition] = await shown();
    assert.match(String(id), /^AIDA[A-Z2-7]{17}$/);
    assert.equal(condition, ada);
    await refused(
      trusting(trustText(String(id)), "second"),
      "MalformedPolicyDocument",
    );
  });

  it("does not let in a new user of the old one's name", async () => {
    const { aws } = conversation;
    const other = {
      aws,
      iam: await administratorOf(aws, devId),
    };
    const RoleArn = `arn:aws:iam::${bastionId}:role/role`;
    const UserName = "eve";
    const policy = { UserName, PolicyName: "p" };

    const sessionOfRole = async (): Promise<STSClient> => {
      const own = await userWithKey(other, UserName);
      await other.iam.send(
        new PutUserPolicyCommand({
          ...policy,
          PolicyDocument: policyText(allow("sts:AssumeRole", RoleArn)),
        }),
      );
      const { credentials } = own.config;
      return new STSClient({
        endpoint: aws.endpoint,
        region: "us-east-1",
        credentials,
      });
    };
    const leave = async (): Promise<void> => {
      const { AccessKeyMetadata: [key] = [] } = await other.iam.send(
        new ListAccessKeysCommand({ UserName }),
      );
      await other.iam.send(
        new DeleteAccessKeyCommand({ UserName, AccessKeyId: key?.AccessKeyId }),
      );
      await other.iam.send(new DeleteUserPolicyCommand(policy));
      await other.iam.send(new DeleteUserCommand({ UserName }));
    };
    const assume = (sts: STSClient) =>
      sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: UserName }));

    const first = await sessionOfRole();
    await trusting(trustText(`arn:aws:iam::${devId}:user/eve`));
    await assume(first);
    await leave();
    const second = await sessionOfRole();
    await refused(assume(second), "AccessDenied");
  });
});
