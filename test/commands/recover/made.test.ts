import assert from "node:assert/strict";
import type { IAM } from "@aws-sdk/client-iam";
import type { AccountClients } from "../../../commands/accounts/clients";
import {
  group,
  policy,
  role,
  user,
} from "../../../commands/recover/identities";
import type { Finding, Inputs } from "../../../commands/recover/made";
import { startAws, type SandboxAws } from "../../../sandbox/aws";
import { administratorOf } from "../../../sandbox/tour/people";

const accountId = "111111111111";
const tagsAll = { "managed-by": "pulumi" };
const Tags = [{ Key: "managed-by", Value: "pulumi" }];

const trust = (account: string, extra: object = {}): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { AWS: [`arn:aws:iam::${account}:root`] },
        Action: "sts:AssumeRole",
        ...extra,
      },
    ],
  });

describe("what became of a creation that was cut off", () => {
  let aws: SandboxAws;
  let iam: IAM;

  before(async () => {
    aws = await startAws({ accounts: [{ id: accountId, name: "bastion" }] });
    iam = await administratorOf(aws, accountId);
  });
  after(() => aws.close());

  const found = async (
    finding: Finding,
    inputs: Inputs,
    ofStack: readonly { readonly type: string; readonly inputs: Inputs }[] = [],
  ) => {
    const clients = { iam } as AccountClients;
    return finding({ inputs, accountId, partition: "aws", clients, ofStack });
  };

  it("is nothing where there is none of that name", async () => {
    for (const finding of [user, group, role, policy]) {
      const made = await found(finding, { name: "nobody" });
      assert.deepEqual(made, { answer: "never was" });
    }
  });

  it("is the program's user, with its tags and path", async () => {
    await iam.createUser({ UserName: "ada", Tags });
    assert.deepEqual(await found(user, { name: "ada", tagsAll }), {
      answer: "there",
      id: "ada",
    });
  });

  it("is somebody else's user, with other tags or another path", async () => {
    await iam.createUser({ UserName: "eve", Path: "/ops/" });
    assert.deepEqual(await found(user, { name: "eve", tagsAll }), {
      answer: "somebody else's",
      id: "eve",
      differs: ['its path is "/ops/"', "its tags are {}"],
    });
  });

  it("is the program's group as long as nobody else put anything into it", async () => {
    const GroupName = "team";
    await iam.createGroup({ GroupName });
    const there = { answer: "there", id: GroupName };
    assert.deepEqual(await found(group, { name: GroupName }), there);
    await iam.putGroupPolicy({
      GroupName,
      PolicyName: "roles",
      PolicyDocument: JSON.stringify({
        Version: "2012-10-17",
        Statement: { Effect: "Deny", Action: "*", Resource: "*" },
      }),
    });
    await iam.addUserToGroup({ GroupName, UserName: "eve" });
    assert.deepEqual(await found(group, { name: GroupName }), {
      answer: "somebody else's",
      id: GroupName,
      differs: ["it has the users eve", "it has the policies roles"],
    });
    const own = [
      {
        type: "aws:iam/groupPolicy:GroupPolicy",
        inputs: { group: GroupName, name: "roles" },
      },
      {
        type: "aws:iam/groupMembership:GroupMembership",
        inputs: { group: GroupName, name: GroupName, users: ["eve"] },
      },
    ];
    assert.deepEqual(await found(group, { name: GroupName }, own), there);
  });

  it("is somebody else's group by a user beyond the hundred that IAM tells at a time", async () => {
    const GroupName = "large";
    await iam.createGroup({ GroupName });
    const users = Array.from({ length: 100 }, (_, index) => `a-${index}`);
    for (const UserName of [...users, "zoe"]) {
      await iam.createUser({ UserName });
      await iam.addUserToGroup({ GroupName, UserName });
    }
    const own = [
      {
        type: "aws:iam/groupMembership:GroupMembership",
        inputs: { group: GroupName, name: GroupName, users },
      },
    ];
    assert.deepEqual(await found(group, { name: GroupName }, own), {
      answer: "somebody else's",
      id: GroupName,
      differs: ["it has the users zoe"],
    });
  });

  it("is the program's role where the trust policy says the same in another order", async () => {
    await iam.createRole({
      RoleName: "ReadOnly",
      AssumeRolePolicyDocument: trust(accountId),
      Tags,
    });
    const [statement] = (
      JSON.parse(trust(accountId)) as { readonly Statement: readonly object[] }
    ).Statement;
    const assumeRolePolicy = JSON.stringify({
      Statement: statement,
      Version: "2012-10-17",
    });
    const inputs = { name: "ReadOnly", assumeRolePolicy, tagsAll };
    assert.deepEqual(await found(role, inputs), {
      answer: "there",
      id: "ReadOnly",
    });
  });

  it("is somebody else's role where another may take it", async () => {
    const inputs = {
      name: "ReadOnly",
      assumeRolePolicy: trust(accountId, {
        Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } },
      }),
      tagsAll,
    };
    assert.deepEqual(await found(role, inputs), {
      answer: "somebody else's",
      id: "ReadOnly",
      differs: ["its trust policy is another"],
    });
  });

  it("is somebody else's policy where it says something else", async () => {
    const document = (Action: string): string =>
      JSON.stringify({
        Version: "2012-10-17",
        Statement: { Effect: "Allow", Action, Resource: "*" },
      });
    await iam.createPolicy({
      PolicyName: "boundary",
      PolicyDocument: document("*"),
      Tags,
    });
    const id = `arn:aws:iam::${accountId}:policy/boundary`;
    const inputs = { name: "boundary", tagsAll };
    assert.deepEqual(
      await found(policy, { ...inputs, policy: document("*") }),
      {
        answer: "there",
        id,
      },
    );
    assert.deepEqual(
      await found(policy, { ...inputs, policy: document("s3:*") }),
      {
        answer: "somebody else's",
        id,
        differs: ["its document is another"],
      },
    );
  });
});
