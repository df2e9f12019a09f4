import { strict as assert } from "node:assert";
import {
  AddUserToGroupCommand,
  AttachGroupPolicyCommand,
  CreateAccountAliasCommand,
  CreateGroupCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateRoleCommand,
  CreateUserCommand,
  DeleteAccountAliasCommand,
  DisableOrganizationsRootCredentialsManagementCommand,
  DisableOrganizationsRootSessionsCommand,
  EnableOrganizationsRootCredentialsManagementCommand,
  EnableOrganizationsRootSessionsCommand,
  GetAccountAuthorizationDetailsCommand,
  GetAccountSummaryCommand,
  GetGroupCommand,
  GetRoleCommand,
  GetUserCommand,
  ListAccountAliasesCommand,
  ListOrganizationsFeaturesCommand,
  paginateGetAccountAuthorizationDetails,
  PutGroupPolicyCommand,
  SetSecurityTokenServicePreferencesCommand,
} from "@aws-sdk/client-iam";
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
} from "./conversation";
import { iamOf } from "../clients";
import { enrol } from "./devices";

describe("An account in IAM", () => {
  const conversation = conversationForEach();
  const { send } = conversation;

  it("manages root of its members where it is the management account", async () => {
    const { aws } = conversation;
    aws.cloud.accounts
      .get(aws.cloud.managementAccountId)
      ?.users.get("deployment")
      ?.attachedPolicies.add("arn:aws:iam::aws:policy/IAMFullAccess");
    const management = iamOf(aws, aws.deployment);
    const enabled = async () =>
      (await management.send(new ListOrganizationsFeaturesCommand({})))
        .EnabledFeatures;
    await management.send(
      new EnableOrganizationsRootCredentialsManagementCommand({}),
    );
    await management.send(new EnableOrganizationsRootSessionsCommand({}));
    assert.deepEqual(await enabled(), [
      "RootCredentialsManagement",
      "RootSessions",
    ]);
    await management.send(
      new DisableOrganizationsRootCredentialsManagementCommand({}),
    );
    assert.deepEqual(await enabled(), ["RootSessions"]);
    await management.send(new DisableOrganizationsRootSessionsCommand({}));
    assert.deepEqual(await enabled(), []);
    await refused(
      send(new EnableOrganizationsRootSessionsCommand({})),
      "AccountNotManagementOrDelegatedAdministrator",
      "The request was rejected because the account making the request is not the management account or delegated administrator account for centralized root access.",
    );
  });

  it("has one alias, which no other account has", async () => {
    await send(new CreateAccountAliasCommand({ AccountAlias: "first" }));
    await send(new CreateAccountAliasCommand({ AccountAlias: "acme-bastion" }));
    const { AccountAliases } = await send(new ListAccountAliasesCommand({}));
    assert.deepEqual(AccountAliases, ["acme-bastion"]);
    const other = await administratorOf(conversation.aws, devId);
    await refused(
      other.send(
        new CreateAccountAliasCommand({ AccountAlias: "acme-bastion" }),
      ),
      "EntityAlreadyExists",
      "The account alias acme-bastion already exists.",
    );
    await refused(
      send(new DeleteAccountAliasCommand({ AccountAlias: "first" })),
      "NoSuchEntity",
      "The account alias first cannot be found.",
    );
    await send(new DeleteAccountAliasCommand({ AccountAlias: "acme-bastion" }));
    const none = await send(new ListAccountAliasesCommand({}));
    assert.deepEqual(none.AccountAliases, []);
  });

  for (const AccountAlias of [
    "Capital",
    "a",
    "two--dashes",
    "-first",
    "last-",
    "123456789012",
  ]) {
    it(`has no alias ${AccountAlias}`, async () => {
      await refused(
        send(new CreateAccountAliasCommand({ AccountAlias })),
        "ValidationError",
      );
    });
  }

  it("counts what it has beside what it may have", async () => {
    await send(new CreateUserCommand({ UserName: "ada" }));
    await enrol(conversation, "ada", "phone");
    const { SummaryMap } = await send(new GetAccountSummaryCommand({}));
    assert.equal(SummaryMap?.Users, 1);
    assert.equal(SummaryMap.UsersQuota, 5_000);
    assert.equal(SummaryMap.MFADevicesInUse, 1);
    assert.equal(SummaryMap.GroupPolicySizeQuota, 5_120);
  });

  it("says which tokens STS's global endpoint gives", async () => {
    const version = async () => {
      const { SummaryMap } = await send(new GetAccountSummaryCommand({}));
      return SummaryMap?.GlobalEndpointTokenVersion;
    };
    assert.equal(await version(), 1);
    await send(
      new SetSecurityTokenServicePreferencesCommand({
        GlobalEndpointTokenVersion: "v2Token",
      }),
    );
    assert.equal(await version(), 2);
    await refused(
      send(
        new SetSecurityTokenServicePreferencesCommand({
          GlobalEndpointTokenVersion: "v3Token" as "v2Token",
        }),
      ),
      "ValidationError",
    );
  });

  describe("in its authorization details", () => {
    const document = policyText(allow("s3:GetObject"));
    const policyArn = `arn:aws:iam::${bastionId}:policy/own`;
    const viewOnly = "arn:aws:iam::aws:policy/job-function/ViewOnlyAccess";

    beforeEach(async () => {
      await send(
        new CreateUserCommand({
          UserName: "ada",
          Tags: [{ Key: "a", Value: "b" }],
          PermissionsBoundary: viewOnly,
        }),
      );
      await send(new CreateGroupCommand({ GroupName: "staff" }));
      await send(
        new AddUserToGroupCommand({ UserName: "ada", GroupName: "staff" }),
      );
      await send(
        new PutGroupPolicyCommand({
          GroupName: "staff",
          PolicyName: "inline",
          PolicyDocument: document,
        }),
      );
      await send(
        new CreatePolicyCommand({
          PolicyName: "own",
          PolicyDocument: document,
        }),
      );
      await send(
        new CreatePolicyVersionCommand({
          PolicyArn: policyArn,
          PolicyDocument: policyText(allow("s3:PutObject")),
          SetAsDefault: true,
        }),
      );
      await send(
        new AttachGroupPolicyCommand({
          GroupName: "staff",
          PolicyArn: policyArn,
        }),
      );
      await send(
        new CreateRoleCommand({
          RoleName: "reader",
          AssumeRolePolicyDocument: trustText("*"),
        }),
      );
    });

    it("shows everything that decides, as the single reads show it", async () => {
      const all = await send(new GetAccountAuthorizationDetailsCommand({}));
      const { User } = await send(new GetUserCommand({ UserName: "ada" }));
      const { Group } = await send(new GetGroupCommand({ GroupName: "staff" }));
      const { Role } = await send(new GetRoleCommand({ RoleName: "reader" }));

      const [ada] = all.UserDetailList ?? [];
      assert.deepEqual(ada, {
        ...User,
        GroupList: ["staff"],
        UserPolicyList: [],
        AttachedManagedPolicies: [],
      });
      const [staff] = all.GroupDetailList ?? [];
      assert.deepEqual(
        { ...staff, GroupPolicyList: undefined },
        {
          ...Group,
          AttachedManagedPolicies: [
            { PolicyName: "own", PolicyArn: policyArn },
          ],
          GroupPolicyList: undefined,
        },
      );
      assert.deepEqual(
        decoded(staff?.GroupPolicyList?.[0]?.PolicyDocument),
        JSON.parse(document),
      );
      const reader = all.RoleDetailList?.find(
        ({ RoleName }) => RoleName === "reader",
      );
      assert.equal(reader?.RoleId, Role?.RoleId);
      assert.deepEqual(
        decoded(reader?.AssumeRolePolicyDocument),
        JSON.parse(trustText("*")),
      );
      const own = all.Policies?.find(({ Arn }) => Arn === policyArn);
      assert.equal(own?.DefaultVersionId, "v2");
      assert.deepEqual(
        own.PolicyVersionList?.map(({ VersionId, Document }) => [
          VersionId,
          decoded(Document),
        ]),
        [
          ["v1", JSON.parse(document)],
          ["v2", JSON.parse(policyText(allow("s3:PutObject")))],
        ],
      );
      // AWS's own policies, as far as the account uses them: one is only a boundary.
      assert.deepEqual(
        all.Policies?.map(({ Arn }) => Arn),
        [policyArn, "arn:aws:iam::aws:policy/AdministratorAccess", viewOnly],
      );
    });

    it("shows the kinds that are asked for", async () => {
      const some = await send(
        new GetAccountAuthorizationDetailsCommand({
          Filter: ["Group", "LocalManagedPolicy"],
        }),
      );
      assert.deepEqual(some.UserDetailList, []);
      assert.deepEqual(some.RoleDetailList, []);
      assert.equal(some.GroupDetailList?.length, 1);
      assert.deepEqual(
        some.Policies?.map(({ Arn }) => Arn),
        [policyArn],
      );
      await refused(
        send(
          new GetAccountAuthorizationDetailsCommand({
            Filter: ["Users" as "User"],
          }),
        ),
        "ValidationError",
      );
    });

    it("shows the same page by page", async () => {
      const whole = await send(new GetAccountAuthorizationDetailsCommand({}));
      const seen: (string | undefined)[] = [];
      const config = { client: conversation.iam, pageSize: 2 };
      for await (const page of paginateGetAccountAuthorizationDetails(
        config,
        {},
      )) {
        seen.push(...arnsOf(page));
      }
      assert.deepEqual(seen, arnsOf(whole));
    });
  });
});

interface Named {
  readonly Arn?: string | undefined;
}

interface Details {
  readonly UserDetailList?: Named[] | undefined;
  readonly GroupDetailList?: Named[] | undefined;
  readonly RoleDetailList?: Named[] | undefined;
  readonly Policies?: Named[] | undefined;
}

const arnsOf = (details: Details) =>
  [
    ...(details.UserDetailList ?? []),
    ...(details.GroupDetailList ?? []),
    ...(details.RoleDetailList ?? []),
    ...(details.Policies ?? []),
  ].map(({ Arn }) => Arn);
