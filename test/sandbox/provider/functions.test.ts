import assert from "node:assert/strict";
import {
  into,
  startRunningProvider,
  workloadId,
  type RunningProvider,
} from "./running-provider";

describe("the provider's functions", () => {
  let running: RunningProvider;

  before(async () => {
    running = await startRunningProvider();
  });

  after(() => running.close());

  it("tell who the provider acts as", async () => {
    const connection = await running.connect(into(workloadId));
    const { accountId, arn } = await connection.invoke(
      "aws:index/getCallerIdentity:getCallerIdentity",
      {},
    );
    assert.equal(accountId, workloadId);
    assert.match(String(arn), /assumed-role\/OrganizationAccountAccessRole\//);
  });

  it("tell the partition", async () => {
    const connection = await running.connect(into(workloadId));
    assert.deepEqual(
      await connection.invoke("aws:index/getPartition:getPartition", {}),
      {
        id: "aws",
        partition: "aws",
        dnsSuffix: "amazonaws.com",
        reverseDnsPrefix: "com.amazonaws",
      },
    );
  });

  it("write policy documents", async () => {
    const connection = await running.connect(into(workloadId));
    const { minifiedJson } = await connection.invoke(
      "aws:iam/getPolicyDocument:getPolicyDocument",
      {
        sourcePolicyDocuments: [
          '{"Statement":{"Sid":"Way","Effect":"Deny","Action":"*","Resource":"*"}}',
        ],
        statements: [
          {
            sid: "Way",
            actions: ["sts:AssumeRole"],
            principals: [
              { type: "AWS", identifiers: ["222222222222", "111111111111"] },
            ],
            conditions: [
              {
                test: "Bool",
                variable: "aws:MultiFactorAuthPresent",
                values: ["true"],
              },
            ],
          },
        ],
      },
    );
    assert.deepEqual(JSON.parse(String(minifiedJson)), {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "Way",
          Effect: "Allow",
          Action: "sts:AssumeRole",
          Principal: { AWS: ["111111111111", "222222222222"] },
          Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } },
        },
      ],
    });
  });

  it("say which there are when another is asked for", async () => {
    const connection = await running.connect(into(workloadId));
    await assert.rejects(
      connection.invoke("aws:ec2/getVpc:getVpc", {}),
      /the sandbox answers .*getPolicyDocument, and not aws:ec2\/getVpc:getVpc$/,
    );
  });
});
