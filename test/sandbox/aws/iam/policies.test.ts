import { strict as assert } from "node:assert";
import {
  AttachRolePolicyCommand,
  AttachUserPolicyCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateUserCommand,
  DeletePolicyCommand,
  DeletePolicyVersionCommand,
  DetachUserPolicyCommand,
  GetAccountAuthorizationDetailsCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  ListEntitiesForPolicyCommand,
  ListPoliciesCommand,
  ListPolicyTagsCommand,
  ListPolicyVersionsCommand,
  PutUserPermissionsBoundaryCommand,
  SetDefaultPolicyVersionCommand,
  TagPolicyCommand,
  type ListPoliciesCommandInput,
} from "@aws-sdk/client-iam";
import {
  bastionId,
  allow,
  conversationForEach,
  decoded,
  policyText,
  readOnly,
  refused,
} from "./conversation";

const PolicyArn = `arn:aws:iam::${bastionId}:policy/buckets`;
const versionTexts = ["s3:*", "s3:Get*", "s3:List*", "s3:Put*", "s3:Delete*"];

describe("IAM's managed policies", () => {
  const conversation = conversationForEach();
  const { send } = conversation;

  beforeEach(async () => {
    await send(
      new CreatePolicyCommand({
        PolicyName: "buckets",
        Description: "all of S3",
        PolicyDocument: policyText(allow("s3:*")),
        Tags: [{ Key: "a", Value: "b" }],
      }),
    );
  });

  const newVersion = (action: string, SetAsDefault = false) =>
    send(
      new CreatePolicyVersionCommand({
        PolicyArn,
        PolicyDocument: policyText(allow(action)),
        SetAsDefault,
      }),
    );

  it("are read back as they were created", async () => {
    const { Policy } = await send(new GetPolicyCommand({ PolicyArn }));
    assert.match(Policy?.PolicyId ?? "", /^ANPA[A-Z2-7]{17}$/);
    assert.equal(Policy?.Description, "all of S3");
    assert.equal(Policy.DefaultVersionId, "v1");
    assert.equal(Policy.AttachmentCount, 0);
    assert.deepEqual(Policy.Tags, [{ Key: "a", Value: "b" }]);
    await send(
      new TagPolicyCommand({ PolicyArn, Tags: [{ Key: "c", Value: "d" }] }),
    );
    const { Tags } = await send(new ListPolicyTagsCommand({ PolicyArn }));
    assert.equal(Tags?.length, 2);
  });

  it("have names that are taken below every path and in every case", async () => {
    await refused(
      send(
        new CreatePolicyCommand({
          PolicyName: "Buckets",
          Path: "/other/",
          PolicyDocument: policyText(allow("s3:*")),
        }),
      ),
      "EntityAlreadyExists",
      "A policy called Buckets already exists. Duplicate names are not allowed.",
    );
  });

  it("are of the version 2012-10-17 alone", async () => {
    const Statement = [allow("s3:GetObject")];
    for (const version of [{ Version: "2008-10-17" }, {}])
      await refused(
        send(
          new CreatePolicyCommand({
            PolicyName: "old",
            PolicyDocument: JSON.stringify({ ...version, Statement }),
          }),
        ),
        "MalformedPolicyDocument",
        "Policy document must be version 2012-10-17 or greater.",
      );
  });

  it("have five versions at most, the newest first, whose numbers never come back", async () => {
    for (const action of versionTexts.slice(1)) await newVersion(action);
    await refused(
      newVersion("s3:Sixth*"),
      "LimitExceeded",
      "A managed policy can have up to 5 versions.",
    );
    await send(new DeletePolicyVersionCommand({ PolicyArn, VersionId: "v5" }));
    const { PolicyVersion } = await newVersion("s3:Sixth*", true);
    assert.equal(PolicyVersion?.VersionId, "v6");
    const { Versions } = await send(
      new ListPolicyVersionsCommand({ PolicyArn }),
    );
    assert.deepEqual(
      Versions?.map(({ VersionId, IsDefaultVersion }) => [
        VersionId,
        IsDefaultVersion,
      ]),
      [
        ["v6", true],
        ["v4", false],
        ["v3", false],
        ["v2", false],
        ["v1", false],
      ],
    );
  });

  it("let another version count, and the one that counts can't be deleted", async () => {
    await newVersion("s3:Get*");
    await send(
      new SetDefaultPolicyVersionCommand({ PolicyArn, VersionId: "v2" }),
    );
    await refused(
      send(new DeletePolicyVersionCommand({ PolicyArn, VersionId: "v2" })),
      "DeleteConflict",
      "Cannot delete the default version of a policy.",
    );
    const { PolicyVersion } = await send(
      new GetPolicyVersionCommand({ PolicyArn, VersionId: "v2" }),
    );
    assert.deepEqual(
      decoded(PolicyVersion?.Document),
      JSON.parse(policyText(allow("s3:Get*"))),
    );
    await refused(
      send(new GetPolicyVersionCommand({ PolicyArn, VersionId: "v9" })),
      "NoSuchEntity",
      `Policy ${PolicyArn} version v9 does not exist or is not attachable.`,
    );
  });

  it("are deleted only with one version, attached to nobody", async () => {
    const UserName = "ada";
    const remove = () => send(new DeletePolicyCommand({ PolicyArn }));
    await send(new CreateUserCommand({ UserName }));
    await send(new AttachUserPolicyCommand({ UserName, PolicyArn }));
    await newVersion("s3:Get*");
    await refused(
      remove(),
      "DeleteConflict",
      "Cannot delete a policy attached to entities.",
    );
    await send(new DetachUserPolicyCommand({ UserName, PolicyArn }));
    await refused(
      remove(),
      "DeleteConflict",
      "This policy has more than one version.",
    );
    await send(new DeletePolicyVersionCommand({ PolicyArn, VersionId: "v2" }));
    await remove();
    await refused(
      send(new GetPolicyCommand({ PolicyArn })),
      "NoSuchEntity",
      `Policy ${PolicyArn} was not found.`,
    );
  });

  it("tell who has them, attached or as boundary", async () => {
    for (const UserName of ["ada", "bob"])
      await send(new CreateUserCommand({ UserName }));
    await send(new AttachUserPolicyCommand({ UserName: "ada", PolicyArn }));
    await send(
      new AttachRolePolicyCommand({
        RoleName: "OrganizationAccountAccessRole",
        PolicyArn,
      }),
    );
    await send(
      new PutUserPermissionsBoundaryCommand({
        UserName: "bob",
        PermissionsBoundary: PolicyArn,
      }),
    );
    const named = async (
      more: Partial<
        ConstructorParameters<typeof ListEntitiesForPolicyCommand>[0]
      >,
    ) => {
      const { PolicyUsers = [], PolicyRoles = [] } = await send(
        new ListEntitiesForPolicyCommand({ PolicyArn, ...more }),
      );
      return [
        ...PolicyUsers.map(({ UserName }) => UserName),
        ...PolicyRoles.map(({ RoleName }) => RoleName),
      ];
    };
    const organization = "OrganizationAccountAccessRole";
    assert.deepEqual(await named({}), ["ada", "bob", organization]);
    assert.deepEqual(await named({ EntityFilter: "Role" }), [organization]);
    assert.deepEqual(
      await named({ PolicyUsageFilter: "PermissionsBoundary" }),
      ["bob"],
    );
    const { Policy } = await send(new GetPolicyCommand({ PolicyArn }));
    assert.equal(Policy?.AttachmentCount, 2);
    assert.equal(Policy.PermissionsBoundaryUsageCount, 1);
  });

  it("are listed by owner and by use", async () => {
    const names = async (input: ListPoliciesCommandInput) => {
      const { Policies } = await send(new ListPoliciesCommand(input));
      return Policies?.map(({ PolicyName }) => PolicyName);
    };
    assert.deepEqual(await names({ Scope: "Local" }), ["buckets"]);
    assert.deepEqual(await names({ OnlyAttached: true }), [
      "AdministratorAccess",
    ]);
    assert.deepEqual(
      await names({ Scope: "AWS", PolicyUsageFilter: "PermissionsPolicy" }),
      ["AdministratorAccess"],
    );
    const jobs = (await names({ PathPrefix: "/job-function/" })) ?? [];
    assert(jobs.includes("ViewOnlyAccess"));
    assert(!jobs.includes("ReadOnlyAccess"));
  });

  for (const [what, arn, code] of [
    ["too short an ARN", "arn:aws:iam", "ValidationError"],
    [
      "an ARN of something else",
      `arn:aws:iam::${bastionId}:role/x`,
      "InvalidInput",
    ],
    ["a wildcard", `arn:aws:iam::${bastionId}:policy/*`, "InvalidInput"],
  ] as const) {
    it(`are not found by ${what}`, async () => {
      await refused(send(new GetPolicyCommand({ PolicyArn: arn })), code);
    });
  }

  it("of AWS's own carry what AWS wrote", async () => {
    const arn = "arn:aws:iam::aws:policy/PowerUserAccess";
    await send(new CreateUserCommand({ UserName: "ada" }));
    await send(
      new AttachUserPolicyCommand({ UserName: "ada", PolicyArn: arn }),
    );
    const { Policies = [] } = await send(
      new GetAccountAuthorizationDetailsCommand({
        Filter: ["AWSManagedPolicy"],
      }),
    );
    const policy = Policies.find(({ Arn }) => Arn === arn);
    const version = policy?.PolicyVersionList?.find(
      ({ IsDefaultVersion }) => IsDefaultVersion,
    );
    const { Statement } = decoded(version?.Document) as {
      Statement: { NotAction?: string[] }[];
    };
    assert(Statement[0]?.NotAction?.includes("iam:*"));
  });

  it("of AWS's own that the sandbox lacks are missed with a hint", async () => {
    await send(new CreateUserCommand({ UserName: "ada" }));
    await refused(
      send(
        new AttachUserPolicyCommand({
          UserName: "ada",
          PolicyArn: "arn:aws:iam::aws:policy/PublishedTomorrow",
        }),
      ),
      "NoSuchEntity",
      /does not exist or is not attachable\. The sandbox has AWS's managed policies of one day/,
    );
  });

  it("of AWS's own can't be changed", async () => {
    await refused(
      send(
        new DeletePolicyCommand({
          PolicyArn: readOnly,
        }),
      ),
      "AccessDenied",
    );
  });
});
