import assert from "node:assert/strict";
import {
  CreateRoleCommand,
  CreateUserCommand,
  GetUserCommand,
  ListUsersCommand,
  type IAMClient,
} from "@aws-sdk/client-iam";
import { AssumeRoleCommand } from "@aws-sdk/client-sts";
import { credentialsOf } from "../../../sandbox/signed-request";
import { deploymentIn } from "../../../sandbox/tour/people";
import { administratorOf, devId, iamOf, stsOf } from "./clients";
import {
  allow,
  bastionId,
  conversationForEach,
  policyText,
  refused,
  trustText,
  userWithKey,
} from "./iam/conversation";
import {
  administer,
  askOrganizations,
  makeControlPolicy,
  rootOf,
} from "./organizations";

const full = "p-FullAWSAccess";

const document = (
  ...Statement: readonly Readonly<Record<string, unknown>>[]
) => ({ Version: "2012-10-17", Statement });

const denies = (Action: string, more: object = {}) =>
  document({ Effect: "Deny", Action, Resource: "*", ...more });

describe("A service control policy", () => {
  const conversation = conversationForEach();
  let bastion: IAMClient;
  let dev: IAMClient;

  beforeEach(async () => {
    bastion = conversation.iam;
    dev = await administratorOf(conversation.aws, devId);
  });

  const attach = async (TargetId: string, name: string, content: object) => {
    const PolicyId = await makeControlPolicy(conversation.aws, name, content);
    await administer(conversation.aws, "AttachPolicy", { PolicyId, TargetId });
    return PolicyId;
  };
  const root = () => rootOf(conversation.aws);
  const list = (client: IAMClient) => client.send(new ListUsersCommand({}));
  const create = (client: IAMClient) =>
    client.send(new CreateUserCommand({ UserName: "eve" }));
  const denied = (work: Promise<unknown>, reason = "") =>
    refused(work, "AccessDenied", reason);

  it("keeps an account's administrator from what it denies, and is told with its ARN", async () => {
    const id = await attach(devId, "no-users", denies("iam:CreateUser"));
    await denied(
      create(dev),
      `is not authorized to perform: iam:CreateUser on resource: arn:aws:iam::${devId}:user/eve with an explicit deny in a service control policy: arn:aws:organizations::${conversation.aws.cloud.managementAccountId}:policy/${conversation.aws.cloud.organization.id}/service_control_policy/${id}`,
    );
    await list(dev);
    await create(bastion);
  });

  it("is taken away again", async () => {
    const PolicyId = await attach(devId, "no-users", denies("iam:*"));
    await denied(create(dev));
    await administer(conversation.aws, "DetachPolicy", {
      PolicyId,
      TargetId: devId,
    });
    await create(dev);
  });

  it("that is attached to the root binds every account but the management account", async () => {
    await attach(await root(), "no-users", denies("iam:CreateUser"));
    await denied(create(dev));
    await denied(create(bastion));
    const management = conversation.aws.cloud.accounts.get(
      conversation.aws.cloud.managementAccountId,
    );
    const deployment = management?.users.get("deployment");
    assert(management && deployment);
    deployment.attachedPolicies.add(
      "arn:aws:iam::aws:policy/AdministratorAccess",
    );
    await create(iamOf(conversation.aws, conversation.aws.deployment));
  });

  it("binds the accounts of a unit, once they are moved there", async () => {
    const ParentId = await root();
    const { OrganizationalUnit: unit } = (await administer(
      conversation.aws,
      "CreateOrganizationalUnit",
      { ParentId, Name: "workloads" },
    )) as { readonly OrganizationalUnit: { readonly Id: string } };
    await attach(unit.Id, "no-users", denies("iam:CreateUser"));
    await create(dev);
    await administer(conversation.aws, "MoveAccount", {
      AccountId: devId,
      SourceParentId: ParentId,
      DestinationParentId: unit.Id,
    });
    await denied(
      dev.send(new CreateUserCommand({ UserName: "bob" })),
      "with an explicit deny in a service control policy",
    );
    await create(bastion);
    const path = `${conversation.aws.cloud.organization.id}/${ParentId}/${unit.Id}/`;
    await attach(
      devId,
      "by-path",
      denies("iam:ListUsers", {
        Condition: {
          "ForAnyValue:StringEquals": { "aws:PrincipalOrgPaths": [path] },
        },
      }),
    );
    await denied(list(dev));
  });

  it("allows only what it names, where FullAWSAccess is taken away", async () => {
    await attach(
      devId,
      "reads",
      document({ Effect: "Allow", Action: "iam:List*", Resource: "*" }),
    );
    await create(dev);
    await administer(conversation.aws, "DetachPolicy", {
      PolicyId: full,
      TargetId: devId,
    });
    await list(dev);
    await denied(
      dev.send(new GetUserCommand({ UserName: "eve" })),
      "because no service control policy allows the iam:GetUser action",
    );
  });

  it("gives no right by itself", async () => {
    await attach(
      bastionId,
      "all",
      document({ Effect: "Allow", Action: "*", Resource: "*" }),
    );
    const ada = await userWithKey(conversation, "ada");
    await denied(
      list(ada),
      "because no identity-based policy allows the iam:ListUsers action",
    );
  });

  it("binds who asks, and not what is asked about: a role is taken from outside", async () => {
    await attach(devId, "no-roles", denies("sts:AssumeRole"));
    await dev.send(
      new CreateRoleCommand({
        RoleName: "open",
        AssumeRolePolicyDocument: trustText(bastionId),
      }),
    );
    const take = async (by: string) =>
      stsOf(conversation.aws, await deploymentIn(conversation.aws, by));
    const open = new AssumeRoleCommand({
      RoleArn: `arn:aws:iam::${devId}:role/open`,
      RoleSessionName: "test",
    });
    const { Credentials } = await (await take(bastionId)).send(open);
    assert(credentialsOf(Credentials).accessKeyId);
    await attach(bastionId, "none", denies("sts:AssumeRole"));
    await denied(
      (await take(bastionId)).send(open),
      "with an explicit deny in a service control policy",
    );
  });
});

describe("AWS Organizations", () => {
  const conversation = conversationForEach();

  const ask = (action: string, body: object = {}) =>
    askOrganizations(
      conversation.aws,
      conversation.aws.organizationAdministrator,
      action,
      body as never,
    );
  const refusedWith = async (
    code: string,
    action: string,
    body: object = {},
  ) => {
    const answer = await ask(action, body);
    assert.equal(answer["__type"], `${code}Exception`, JSON.stringify(answer));
  };

  it("lists its accounts, page by page", async () => {
    const { managementAccountId } = conversation.aws.cloud;
    const ids: unknown[] = [];
    let NextToken: unknown;
    do {
      const answer = (await administer(conversation.aws, "ListAccounts", {
        MaxResults: 1,
        ...(NextToken === undefined ? {} : { NextToken }),
      })) as { Accounts: { Id: string }[]; NextToken?: string };
      assert.equal(answer.Accounts.length, 1);
      ids.push(answer.Accounts[0]?.Id);
      NextToken = answer.NextToken;
    } while (NextToken !== undefined);
    assert.deepEqual(ids, [bastionId, devId, managementAccountId].sort());
  });

  it("tells a member account only what the organisation is", async () => {
    const member = await deploymentIn(conversation.aws, bastionId);
    const { Organization } = (await askOrganizations(
      conversation.aws,
      member,
      "DescribeOrganization",
    )) as { readonly Organization: { readonly Id: string } };
    assert.equal(Organization.Id, conversation.aws.cloud.organization.id);
    const answer = await askOrganizations(
      conversation.aws,
      member,
      "ListAccounts",
    );
    assert.equal(answer["__type"], "AccessDeniedException");
  });

  it("is decided by IAM, on the policy and on the target", async () => {
    const { cloud } = conversation.aws;
    const user = cloud.accounts
      .get(cloud.managementAccountId)
      ?.users.get("organization-administrator");
    assert(user);
    const { id, rootId } = cloud.organization;
    const own = `arn:aws:organizations::${cloud.managementAccountId}`;
    const PolicyId = await makeControlPolicy(
      conversation.aws,
      "p",
      denies("s3:*"),
    );
    const grant = (...Resource: readonly string[]) => {
      const text = policyText({ ...allow("organizations:*"), Resource });
      user.inlinePolicies.clear();
      user.inlinePolicies.set("p", { text, parsed: JSON.parse(text) });
    };
    const request = { PolicyId, TargetId: rootId };
    grant(`${own}:policy/${id}/service_control_policy/*`);
    await refusedWith("AccessDenied", "AttachPolicy", request);
    grant(`${own}:root/${id}/${rootId}`);
    await refusedWith("AccessDenied", "AttachPolicy", request);
    grant(
      `${own}:policy/${id}/service_control_policy/*`,
      `${own}:root/${id}/${rootId}`,
    );
    await ask("AttachPolicy", request);
    await refusedWith("DuplicatePolicyAttachment", "AttachPolicy", request);
  });

  it("describes a policy as it was written, and changes it", async () => {
    const { aws } = conversation;
    const PolicyId = await makeControlPolicy(aws, "p", denies("s3:*"));
    const described = async () =>
      (
        (await administer(aws, "DescribePolicy", { PolicyId })) as {
          readonly Policy: {
            readonly Content: string;
            readonly PolicySummary: { readonly Name: string };
          };
        }
      ).Policy;
    assert.equal((await described()).Content, JSON.stringify(denies("s3:*")));
    await administer(aws, "UpdatePolicy", {
      PolicyId,
      Name: "q",
      Content: JSON.stringify(denies("ec2:*")),
    });
    const changed = await described();
    assert.equal(changed.PolicySummary.Name, "q");
    assert.equal(changed.Content, JSON.stringify(denies("ec2:*")));
  });

  it("tells what hangs where, from both ends", async () => {
    const { aws } = conversation;
    const Filter = "SERVICE_CONTROL_POLICY";
    const PolicyId = await makeControlPolicy(aws, "p", denies("s3:*"));
    await administer(aws, "AttachPolicy", { PolicyId, TargetId: devId });
    const { Policies } = (await administer(aws, "ListPoliciesForTarget", {
      TargetId: devId,
      Filter,
    })) as { readonly Policies: readonly { readonly Id: string }[] };
    assert.deepEqual(
      Policies.map(({ Id }) => Id).sort(),
      [PolicyId, full].sort(),
    );
    const { Targets } = (await administer(aws, "ListTargetsForPolicy", {
      PolicyId,
    })) as { readonly Targets: readonly object[] };
    assert.deepEqual(Targets, [
      {
        TargetId: devId,
        Arn: `arn:aws:organizations::${aws.cloud.managementAccountId}:account/${aws.cloud.organization.id}/${devId}`,
        Name: "dev",
        Type: "ACCOUNT",
      },
    ]);
    await refusedWith("PolicyInUse", "DeletePolicy", { PolicyId });
  });

  const control = { Type: "SERVICE_CONTROL_POLICY", Description: "" };
  for (const [what, code, action, body] of [
    [
      "a document that is no policy",
      "MalformedPolicyDocument",
      "CreatePolicy",
      { ...control, Name: "p", Content: "{}" },
    ],
    [
      "a document that has a Sid twice",
      "MalformedPolicyDocument",
      "CreatePolicy",
      {
        ...control,
        Name: "p",
        Content: policyText(
          { Sid: "A", Effect: "Deny", Action: "s3:*", Resource: "*" },
          { Sid: "A", Effect: "Deny", Action: "ec2:*", Resource: "*" },
        ),
      },
    ],
    [
      "a document that is too large",
      "ConstraintViolation",
      "CreatePolicy",
      {
        ...control,
        Name: "p",
        Content: JSON.stringify(denies(`s3:${"a".repeat(5_120)}`)),
      },
    ],
    [
      "a name that is taken",
      "DuplicatePolicy",
      "CreatePolicy",
      {
        ...control,
        Name: "FullAWSAccess",
        Content: JSON.stringify(denies("s3:*")),
      },
    ],
    [
      "another kind of policy",
      "PolicyTypeNotAvailableForOrganization",
      "ListPolicies",
      { Filter: "RESOURCE_CONTROL_POLICY" },
    ],
    [
      "a policy that is not there",
      "PolicyNotFound",
      "DescribePolicy",
      { PolicyId: "p-aaaaaaaa" },
    ],
    [
      "a target that is not there",
      "TargetNotFound",
      "AttachPolicy",
      { PolicyId: full, TargetId: "123456789012" },
    ],
    [
      "a change of AWS's own policy",
      "InvalidInput",
      "DeletePolicy",
      { PolicyId: full },
    ],
    [
      "to take a target's last policy away",
      "ConstraintViolation",
      "DetachPolicy",
      { PolicyId: full, TargetId: devId },
    ],
  ] as const) {
    it(`refuses ${what}`, () => refusedWith(code, action, body));
  }

  it("refuses to move an account to where it is", async () => {
    const root = await rootOf(conversation.aws);
    await refusedWith("DuplicateAccount", "MoveAccount", {
      AccountId: devId,
      SourceParentId: root,
      DestinationParentId: root,
    });
  });

  it("has an administrator who may do nothing else", () =>
    refused(
      iamOf(conversation.aws, conversation.aws.organizationAdministrator).send(
        new ListUsersCommand({}),
      ),
      "AccessDenied",
    ));
});
