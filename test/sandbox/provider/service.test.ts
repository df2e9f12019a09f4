import assert from "node:assert/strict";
import * as iam from "@aws-sdk/client-iam";
import { unknown } from "../../../sandbox/provider/wire-values";
import { Connection } from "./connection";
import { allow, trust } from "./lifecycles";
import {
  bastionId,
  into,
  startRunningProvider,
  workloadId,
  type RunningProvider,
} from "./running-provider";

const userType = "aws:iam/user:User";
const roleType = "aws:iam/role:Role";

describe("the provider", () => {
  let running: RunningProvider;

  beforeEach(async () => {
    running = await startRunningProvider();
  });

  afterEach(() => running.close());

  it("keeps the accounts of a program's providers apart, however their requests mix", async () => {
    const bastion = await running.connect(into(bastionId));
    const workload = await running.connect(into(workloadId));
    const names = Array.from({ length: 20 }, (_, index) => `user-${index}`);
    const made = await Promise.all(
      names.flatMap((name) => [
        bastion.create(userType, { name: `b-${name}` }),
        workload.create(userType, { name: `w-${name}` }),
      ]),
    );
    const arns = made.map(({ state }) => String(state["arn"]));
    assert.equal(arns.length, 40);
    for (const arn of arns) {
      const [, accountId, prefix] = /::(\d+):user\/([bw])-/.exec(arn) ?? [];
      assert.equal(accountId, prefix === "b" ? bastionId : workloadId, arn);
    }
  });

  it("refuses an account that is not an allowed one, in the real provider's words", async () => {
    const elsewhere = {
      ...into(workloadId),
      allowedAccountIds: '["111111111111"]',
    };
    await assert.rejects(running.connect(elsewhere), {
      message: `AWS account ID not allowed: ${workloadId}`,
    });
    const forbidden = {
      ...into(workloadId),
      allowedAccountIds: "[]",
      forbiddenAccountIds: JSON.stringify([workloadId]),
    };
    await assert.rejects(running.connect(forbidden), {
      message: `AWS account ID not allowed: ${workloadId}`,
    });
  });

  it("says which role could not be taken, and why", async () => {
    const roleArn = `arn:aws:iam::${workloadId}:role/NoSuchRole`;
    await assert.rejects(
      running.connect({ assumeRoles: JSON.stringify([{ roleArn }]) }),
      new RegExp(
        `^Error: Cannot assume IAM Role. IAM Role \\(${roleArn}\\) cannot be assumed: AccessDenied: `,
      ),
    );
  });

  it("never tells a secret in an error", async () => {
    const error: unknown = await running
      .connect({ accessKey: "AKIAWRONG", secretKey: "s3cr3t-k3y" })
      .catch((one: unknown) => one);
    assert.match(String(error), /unable to validate AWS credentials/);
    assert.doesNotMatch(String(error), /s3cr3t-k3y/);
  });

  it("answers no request of a connection without configuration", async () => {
    const connection = new Connection(running.port);
    await assert.rejects(
      connection.check(userType, {}),
      /a request came before the provider's configuration/,
    );
    connection.close();
  });

  it("names the types it knows when it is asked to deploy another", async () => {
    const connection = await running.connect(into(bastionId));
    await assert.rejects(
      connection.create("aws:s3/bucket:Bucket", {}),
      /the sandbox deploys aws:cloudwatch\/eventRule:EventRule, .*, and not aws:s3\/bucket:Bucket$/,
    );
  });

  it("passes on AWS's code and message", async () => {
    const connection = await running.connect(into(bastionId));
    await connection.create(userType, { name: "ada" });
    await assert.rejects(
      connection.create(userType, { name: "ada" }),
      /^Error: EntityAlreadyExists: .*ada/,
    );
  });

  it("previews a creation with its inputs, and what AWS will tell as unknown", async () => {
    const connection = await running.connect({
      ...into(bastionId),
      defaultTags: '{"tags":{"managed-by":"pulumi"}}',
    });
    const planned = await connection.previewCreate(userType, { name: "ada" });
    assert.deepEqual(planned, {
      name: "ada",
      path: "/",
      forceDestroy: false,
      tagsAll: { "managed-by": "pulumi" },
      arn: unknown,
      uniqueId: unknown,
    });
    assert.equal(running.aws.cloud.accounts.get(bastionId)?.users.size, 0);
  });

  it("puts the provider's tags on what it makes, and tells them from the resource's own", async () => {
    const connection = await running.connect({
      ...into(bastionId),
      defaultTags: '{"tags":{"managed-by":"pulumi"}}',
    });
    const made = await connection.create(userType, {
      name: "ada",
      tags: { team: "core" },
    });
    assert.deepEqual(made.state["tagsAll"], {
      "managed-by": "pulumi",
      team: "core",
    });
    assert.deepEqual(made.state["tags"], { team: "core" });
    const client = await running.administrator(bastionId);
    await client.send(
      new iam.TagUserCommand({
        UserName: "ada",
        Tags: [{ Key: "by", Value: "hand" }],
      }),
    );
    const drifted = await connection.refresh(made);
    assert.ok(drifted);
    assert.deepEqual(drifted.inputs["tags"], { by: "hand", team: "core" });
    const wanted = { name: "ada", tags: { team: "core" } };
    assert.deepEqual((await connection.diff(drifted, wanted)).changed, [
      "tags",
      "tagsAll",
    ]);
    const repaired = await connection.update(drifted, wanted);
    assert.deepEqual(repaired.state["tags"], { team: "core" });
  });

  it("renames a user in place, and finds it under the new name", async () => {
    const connection = await running.connect(into(bastionId));
    const ada = await connection.create(userType, { name: "ada" });
    const renamed = await connection.update(ada, { name: "ada.lovelace" });
    assert.equal(renamed.state["uniqueId"], ada.state["uniqueId"]);
    const found = await connection.refresh(renamed);
    assert.equal(found?.id, "ada.lovelace");
    await connection.delete(renamed);
    assert.equal(await connection.refresh(renamed), undefined);
  });

  it("keeps a user with keys unless forceDestroy says otherwise", async () => {
    const connection = await running.connect(into(bastionId));
    const kept = await connection.create(userType, { name: "ada" });
    const client = await running.administrator(bastionId);
    await client.send(new iam.CreateAccessKeyCommand({ UserName: "ada" }));
    await client.send(
      new iam.PutUserPolicyCommand({
        UserName: "ada",
        PolicyName: "by-hand",
        PolicyDocument: allow("s3:*"),
      }),
    );
    await assert.rejects(connection.delete(kept), /^Error: DeleteConflict: /);
    const forced = await connection.update(kept, {
      name: "ada",
      forceDestroy: true,
    });
    await connection.delete(forced);
    assert.equal(await connection.refresh(forced), undefined);
  });

  it("shows what was taken away by hand as gone, and a role's new policy as drift", async () => {
    const connection = await running.connect(into(bastionId));
    const inputs = {
      name: "Work",
      assumeRolePolicy: trust(bastionId),
      inlinePolicies: [{ name: "look", policy: allow("s3:Get*") }],
    };
    const role = await connection.create(roleType, inputs);
    const attachment = await connection.create(
      "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
      { role: "Work", policyArn: "arn:aws:iam::aws:policy/SecurityAudit" },
    );
    const client = await running.administrator(bastionId);
    await client.send(
      new iam.DetachRolePolicyCommand({
        RoleName: "Work",
        PolicyArn: "arn:aws:iam::aws:policy/SecurityAudit",
      }),
    );
    await client.send(
      new iam.PutRolePolicyCommand({
        RoleName: "Work",
        PolicyName: "by-hand",
        PolicyDocument: allow("*"),
      }),
    );
    assert.equal(await connection.refresh(attachment), undefined);
    const drifted = await connection.refresh(role);
    assert.ok(drifted);
    assert.deepEqual((await connection.diff(drifted, inputs)).changed, [
      "inlinePolicies",
    ]);
    await connection.update(drifted, inputs);
    const { PolicyNames } = await client.send(
      new iam.ListRolePoliciesCommand({ RoleName: "Work" }),
    );
    assert.deepEqual(PolicyNames, ["look"]);
  });

  it("remembers a role whose policies could not be attached", async () => {
    const connection = await running.connect(into(bastionId));
    const failed: unknown = await connection
      .create(roleType, {
        name: "Half",
        assumeRolePolicy: trust(bastionId),
        managedPolicyArns: [`arn:aws:iam::${bastionId}:policy/NoSuchPolicy`],
      })
      .catch((error: unknown) => error);
    assert.ok(failed instanceof Error);
    assert.match(failed.message, /^NoSuchEntity: /);
    const { metadata } = failed.cause as {
      readonly metadata: { get: (key: string) => readonly Buffer[] };
    };
    const [details] = metadata.get("grpc-status-details-bin");
    assert.match(String(details), /ErrorResourceInitFailed[^]*Half/);
  });

  it("throws the oldest version of a policy away when a sixth is needed", async () => {
    const connection = await running.connect(into(bastionId));
    const type = "aws:iam/policy:Policy";
    let policy = await connection.create(type, {
      name: "Look",
      policy: allow("s3:Get1"),
    });
    for (const action of [
      "s3:Get2",
      "s3:Get3",
      "s3:Get4",
      "s3:Get5",
      "s3:Get6",
    ]) {
      policy = await connection.update(policy, {
        name: "Look",
        policy: allow(action),
      });
    }
    const client = await running.administrator(bastionId);
    const { Versions = [] } = await client.send(
      new iam.ListPolicyVersionsCommand({ PolicyArn: policy.id }),
    );
    assert.deepEqual(Versions.map(({ VersionId }) => VersionId).sort(), [
      "v2",
      "v3",
      "v4",
      "v5",
      "v6",
    ]);
    assert.equal(policy.state["policy"], allow("s3:Get6"));
  });

  it("gives a name made of a prefix, and no two the same", async () => {
    const connection = await running.connect(into(bastionId));
    const inputs = { namePrefix: "team-", assumeRolePolicy: trust(bastionId) };
    const one = await connection.create(roleType, inputs);
    const two = await connection.create(roleType, inputs);
    assert.match(one.id, /^team-\d{18}[0-9a-f]{8}$/);
    assert.notEqual(one.id, two.id);
    const again = await connection.refresh(one);
    assert.ok(again);
    assert.deepEqual((await connection.diff(again, inputs)).changed, []);
  });
});
