import assert from "node:assert/strict";
import {
  AttachRolePolicyCommand,
  CreateRoleCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  paginateListPolicies,
  type Policy,
} from "@aws-sdk/client-iam";
import { parseIdentityDocument } from "../../../sandbox/aws/documents";
import { storedPolicies } from "../../../sandbox/aws/iam/aws-managed/file";
import packs from "../../../policy-pack/data/aws-managed-policies.json";
import {
  conversationForEach,
  decoded,
  readOnly,
  refused,
  trustText,
} from "./iam/conversation";

describe("AWS's own managed policies", () => {
  const conversation = conversationForEach();
  const { send } = conversation;

  it("can be read in every account, as AWS wrote them", async () => {
    const { Policy } = await send(
      new GetPolicyCommand({ PolicyArn: readOnly }),
    );
    assert.equal(Policy?.PolicyName, "ReadOnlyAccess");
    assert.match(Policy.PolicyId ?? "", /^ANPA[A-Z2-7]{17}$/);
    assert.equal(Policy.CreateDate?.toISOString(), "2015-02-06T18:39:48.000Z");
    const VersionId = Policy.DefaultVersionId ?? "";
    const { PolicyVersion } = await send(
      new GetPolicyVersionCommand({ PolicyArn: readOnly, VersionId }),
    );
    const { Version } = decoded(PolicyVersion?.Document) as {
      Version: string;
    };
    assert.equal(Version, "2012-10-17");
    await refused(
      send(
        new GetPolicyVersionCommand({ PolicyArn: readOnly, VersionId: "v1" }),
      ),
      "NoSuchEntity",
      "The sandbox has the newest version of AWS's managed policies alone.",
    );
  });

  it("are those that the policy pack decides with, all of them", async () => {
    const listed: Policy[] = [];
    for await (const { Policies = [] } of paginateListPolicies(
      { client: conversation.iam, pageSize: 1_000 },
      { Scope: "AWS" },
    )) {
      listed.push(...Policies);
    }
    assert.deepEqual(
      listed.map(({ Arn }) => Arn).sort(),
      Object.keys(packs.policies)
        .map((name) => `arn:aws:iam::aws:policy/${name}`)
        .sort(),
    );
    assert.equal(
      new Set(listed.map(({ PolicyId }) => PolicyId)).size,
      listed.length,
    );
  });

  it("have documents that IAM takes", () => {
    for (const { name, document } of storedPolicies())
      assert.doesNotThrow(() => parseIdentityDocument(document), name);
  });

  it("that are for services' own roles are attached to no other", async () => {
    const arn =
      "arn:aws:iam::aws:policy/aws-service-role/AutoScalingServiceRolePolicy";
    const RoleName = "reader";
    await send(
      new CreateRoleCommand({
        RoleName,
        AssumeRolePolicyDocument: trustText("*"),
      }),
    );
    const { Policy } = await send(new GetPolicyCommand({ PolicyArn: arn }));
    assert.equal(Policy?.IsAttachable, false);
    await refused(
      send(new AttachRolePolicyCommand({ RoleName, PolicyArn: arn })),
      "PolicyNotAttachable",
    );
    await refused(
      send(
        new CreateRoleCommand({
          RoleName: "bound",
          AssumeRolePolicyDocument: trustText("*"),
          PermissionsBoundary: arn,
        }),
      ),
      "NoSuchEntity",
    );
  });
});
