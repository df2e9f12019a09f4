import assert from "node:assert/strict";
import * as iam from "@aws-sdk/client-iam";
import type { SandboxAws } from "../../../sandbox/aws";
import { codeFor } from "../../../sandbox/aws/totp";
import {
  administratorOf,
  allow,
  bastionId,
  startTwoAccounts,
  trust,
} from "./clients";

const times = async (
  count: number,
  work: (index: number) => Promise<unknown>,
) => {
  for (let index = 0; index < count; index += 1) await work(index);
};

describe("the sandbox's IAM answers with AWS's own errors", () => {
  let aws: SandboxAws;
  let client: iam.IAMClient;

  beforeEach(async () => {
    aws = await startTwoAccounts();
    client = await administratorOf(aws, bastionId);
  });

  afterEach(async () => {
    await aws.close();
  });

  const user = (UserName: string) =>
    client.send(new iam.CreateUserCommand({ UserName }));
  const group = (GroupName: string) =>
    client.send(new iam.CreateGroupCommand({ GroupName }));
  const role = (AssumeRolePolicyDocument: string, RoleName = "taken") =>
    client.send(
      new iam.CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }),
    );
  const policy = (PolicyName: string, PolicyDocument = allow("s3:GetObject")) =>
    client.send(new iam.CreatePolicyCommand({ PolicyName, PolicyDocument }));
  const inGroup = (PolicyDocument: string) =>
    client.send(
      new iam.PutGroupPolicyCommand({
        GroupName: "g",
        PolicyName: "p",
        PolicyDocument,
      }),
    );
  const rejects = (work: Promise<unknown>, name: string, message = /./) =>
    assert.rejects(work, (error: Error) => {
      assert.equal(error.name, name);
      assert.match(error.message, message);
      return true;
    });
  const ofSize = (characters: number): string => {
    const empty = allow("s3:GetObject", "").length;
    return allow("s3:GetObject", "x".repeat(characters - empty));
  };

  describe("about documents", () => {
    const malformed = "MalformedPolicyDocumentException";

    it("refuses a trust policy that names a user who does not exist", async () => {
      const nobody = { AWS: `arn:aws:iam::${bastionId}:user/nobody` };
      await rejects(role(trust(nobody)), malformed, /Invalid principal/);
    });

    it("refuses a trust policy that names a group, for groups are no principals", async () => {
      await group("g");
      await rejects(
        role(trust({ AWS: `arn:aws:iam::${bastionId}:group/g` })),
        malformed,
      );
    });

    for (const [what, document] of [
      ["that is no JSON", "{"],
      ["without a statement", '{"Version":"2012-10-17"}'],
      [
        "with an operator that there is not",
        '{"Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*","Condition":{"StringEqual":{"a":"b"}}}}',
      ],
      [
        "with a principal, which belongs into a trust policy",
        '{"Statement":{"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"*"}}',
      ],
      [
        "without a resource",
        '{"Statement":{"Effect":"Allow","Action":"s3:*"}}',
      ],
    ] as const) {
      it(`refuses an identity policy ${what}`, async () => {
        await group("g");
        await rejects(inGroup(document), malformed);
      });
    }

    it("refuses a trust policy with a resource", async () => {
      const document = trust({ AWS: bastionId }).replace(
        '"Action"',
        '"Resource":"*","Action"',
      );
      await rejects(role(document), malformed);
    });
  });

  describe("about quotas", () => {
    const over = "LimitExceededException";

    it("holds a group's inline policies to 5,120 characters", async () => {
      await group("g");
      await inGroup(ofSize(5_120));
      await rejects(inGroup(ofSize(5_121)), over, /5120/);
    });

    it("does not count white space", async () => {
      await group("g");
      await inGroup(
        ofSize(5_120).replace('"Statement"', `${" ".repeat(500)}"Statement"`),
      );
    });

    it("holds a user's inline policies to 2,048 characters and a role's to 10,240", async () => {
      await user("ada");
      await role(trust({ AWS: bastionId }));
      const onUser = (PolicyDocument: string) =>
        client.send(
          new iam.PutUserPolicyCommand({
            UserName: "ada",
            PolicyName: "p",
            PolicyDocument,
          }),
        );
      const onRole = (PolicyDocument: string) =>
        client.send(
          new iam.PutRolePolicyCommand({
            RoleName: "taken",
            PolicyName: "p",
            PolicyDocument,
          }),
        );
      await onUser(ofSize(2_048));
      await rejects(onUser(ofSize(2_049)), over);
      await onRole(ofSize(10_240));
      await rejects(onRole(ofSize(10_241)), over);
    });

    it("holds a managed policy to 6,144 characters and a trust policy to 2,048", async () => {
      await rejects(policy("big", ofSize(6_145)), over);
      const long = { StringEquals: { "sts:ExternalId": "x".repeat(2_048) } };
      await rejects(role(trust({ AWS: bastionId }, long)), over);
    });

    it("lets a user be in 10 groups, have 2 access keys and 10 policies", async () => {
      await user("ada");
      const join = (index: number) =>
        client.send(
          new iam.AddUserToGroupCommand({
            UserName: "ada",
            GroupName: `g${index}`,
          }),
        );
      await times(11, (index) => group(`g${index}`));
      await times(10, join);
      await rejects(join(10), over, /10/);
      const key = () =>
        client.send(new iam.CreateAccessKeyCommand({ UserName: "ada" }));
      await times(2, key);
      await rejects(key(), over, /2/);
      const attach = (index: number) =>
        client.send(
          new iam.AttachUserPolicyCommand({
            UserName: "ada",
            PolicyArn: `arn:aws:iam::${bastionId}:policy/p${index}`,
          }),
        );
      await times(11, (index) => policy(`p${index}`));
      await times(10, attach);
      await rejects(attach(10), over, /10/);
    });

    it("keeps 5 versions of a policy", async () => {
      const { Policy } = await policy("p");
      const version = () =>
        client.send(
          new iam.CreatePolicyVersionCommand({
            PolicyArn: Policy?.Arn,
            PolicyDocument: allow("s3:PutObject"),
          }),
        );
      await times(4, version);
      await rejects(version(), over, /5/);
    });
  });

  describe("about names and things that are there, or are not", () => {
    it("holds names to be equal that differ in case alone", async () => {
      await user("ada");
      await rejects(user("Ada"), "EntityAlreadyExistsException");
      await group("g");
      await rejects(group("G"), "EntityAlreadyExistsException");
    });

    it("finds nothing where nothing is", async () => {
      const missing = "NoSuchEntityException";
      await rejects(
        client.send(new iam.GetUserCommand({ UserName: "nobody" })),
        missing,
      );
      await rejects(
        client.send(new iam.GetRoleCommand({ RoleName: "none" })),
        missing,
      );
      await rejects(
        client.send(new iam.GetLoginProfileCommand({ UserName: "nobody" })),
        missing,
      );
      await rejects(
        client.send(new iam.GetAccountPasswordPolicyCommand()),
        missing,
      );
    });

    it("keeps a role's session inside AWS's bounds", async () => {
      await rejects(
        client.send(
          new iam.CreateRoleCommand({
            RoleName: "long",
            AssumeRolePolicyDocument: trust({ AWS: bastionId }),
            MaxSessionDuration: 43_201,
          }),
        ),
        "ValidationError",
        /43200/,
      );
    });
  });

  describe("about removing things", () => {
    const conflict = "DeleteConflictException";

    it("keeps a user until everything that hangs on them is gone, one after the other", async () => {
      const UserName = "ada";
      await user(UserName);
      const { AccessKey } = await client.send(
        new iam.CreateAccessKeyCommand({ UserName }),
      );
      const { VirtualMFADevice } = await client.send(
        new iam.CreateVirtualMFADeviceCommand({
          VirtualMFADeviceName: "phone",
        }),
      );
      const SerialNumber = VirtualMFADevice?.SerialNumber;
      const seed = Buffer.from(
        VirtualMFADevice?.Base32StringSeed ?? [],
      ).toString();
      const now = aws.clock.now();
      const enable = (
        AuthenticationCode1: string,
        AuthenticationCode2: string,
      ) =>
        client.send(
          new iam.EnableMFADeviceCommand({
            UserName,
            SerialNumber,
            AuthenticationCode1,
            AuthenticationCode2,
          }),
        );
      const after = (seconds: number) =>
        codeFor(seed, new Date(now.getTime() + seconds * 1_000));
      await rejects(
        enable(after(0), after(60)),
        "InvalidAuthenticationCodeException",
      );
      await enable(after(0), after(30));
      await client.send(
        new iam.CreateLoginProfileCommand({
          UserName,
          Password: "Long-enough-1",
        }),
      );
      await client.send(
        new iam.PutUserPolicyCommand({
          UserName,
          PolicyName: "p",
          PolicyDocument: allow("s3:*"),
        }),
      );
      await group("g");
      await client.send(
        new iam.AddUserToGroupCommand({ UserName, GroupName: "g" }),
      );

      const remove = () => client.send(new iam.DeleteUserCommand({ UserName }));
      await rejects(remove(), conflict, /must delete access keys first/);
      await client.send(
        new iam.DeleteAccessKeyCommand({
          UserName,
          AccessKeyId: AccessKey?.AccessKeyId,
        }),
      );
      await rejects(remove(), conflict, /must deactivate MFA devices first/);
      await client.send(
        new iam.DeactivateMFADeviceCommand({ UserName, SerialNumber }),
      );
      await rejects(remove(), conflict, /must delete login profile first/);
      await client.send(new iam.DeleteLoginProfileCommand({ UserName }));
      await rejects(remove(), conflict, /must delete policies first/);
      await client.send(
        new iam.DeleteUserPolicyCommand({ UserName, PolicyName: "p" }),
      );
      await rejects(remove(), conflict, /must remove users from group first/);
      await client.send(
        new iam.RemoveUserFromGroupCommand({ UserName, GroupName: "g" }),
      );
      await remove();
    });

    it("keeps a role, a group and a policy that are in use", async () => {
      const { Policy } = await policy("p");
      const PolicyArn = Policy?.Arn;
      await role(trust({ AWS: bastionId }));
      await client.send(
        new iam.AttachRolePolicyCommand({ RoleName: "taken", PolicyArn }),
      );
      await rejects(
        client.send(new iam.DeleteRoleCommand({ RoleName: "taken" })),
        conflict,
      );
      await rejects(
        client.send(new iam.DeletePolicyCommand({ PolicyArn })),
        conflict,
      );
      await group("g");
      await inGroup(allow("s3:*"));
      await rejects(
        client.send(new iam.DeleteGroupCommand({ GroupName: "g" })),
        conflict,
      );
    });

    it("shows a deleted user in a trust policy by the unique id, and does not mean a new one", async () => {
      const { User } = await user("ada");
      await role(trust({ AWS: User?.Arn }));
      await client.send(new iam.DeleteUserCommand({ UserName: "ada" }));
      await user("ada");
      const { Role } = await client.send(
        new iam.GetRoleCommand({ RoleName: "taken" }),
      );
      const shown = decodeURIComponent(Role?.AssumeRolePolicyDocument ?? "");
      assert.match(shown, new RegExp(`"${User?.UserId ?? "?"}"`));
      assert.doesNotMatch(shown, /user\/ada/);
    });
  });

  it("gives every item of a long list once, page by page", async () => {
    await times(7, (index) => user(`user-${index}`));
    const seen: string[] = [];
    for await (const { Users = [] } of iam.paginateListUsers(
      { client, pageSize: 3 },
      {},
    )) {
      assert.ok(Users.length <= 3);
      seen.push(...Users.map(({ UserName }) => UserName ?? ""));
    }
    assert.deepEqual(
      seen,
      Array.from({ length: 7 }, (_, index) => `user-${index}`),
    );
  });
});
