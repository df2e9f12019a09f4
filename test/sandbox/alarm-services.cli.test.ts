import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import type { SandboxAws } from "../../sandbox/aws";
import { run } from "../../sandbox/engine/run";
import { deploymentIn } from "../../sandbox/tour/people";
import { roleTaken } from "../infra/cloudtrail-events";
import { devId, startTwoAccounts } from "./aws/clients";

const { error } = spawnSync("aws", ["--version"]);
const suite = error ? describe.skip : describe;
const note = error ? " (skipped: no AWS CLI on this machine)" : "";

suite(`EventBridge, SNS and KMS, by a real AWS CLI${note}`, () => {
  let aws: SandboxAws;
  let environment: Record<string, string>;

  const call = (...args: readonly string[]) =>
    run("aws", [...args, "--output", "json"], { environment });

  const cli = async (
    ...args: readonly string[]
  ): Promise<Record<string, unknown>> => {
    const { code, stdout, stderr } = await call(...args);
    assert.equal(code, 0, stderr);
    return JSON.parse(stdout || "{}") as Record<string, unknown>;
  };

  const refused = async (
    expected: RegExp,
    ...args: readonly string[]
  ): Promise<void> => {
    const { code, stderr } = await call(...args);
    assert.notEqual(code, 0);
    assert.match(stderr, expected);
  };

  before(async () => {
    aws = await startTwoAccounts();
    const deployment = await deploymentIn(aws, devId);
    environment = {
      AWS_ENDPOINT_URL: aws.endpoint,
      AWS_ACCESS_KEY_ID: deployment.accessKeyId,
      AWS_SECRET_ACCESS_KEY: deployment.secretAccessKey,
      AWS_SESSION_TOKEN: deployment.sessionToken ?? "",
      AWS_DEFAULT_REGION: "eu-central-1",
      AWS_CONFIG_FILE: "/dev/null",
    };
  });

  after(() => aws.close());

  it("keep a rule and its targets in one region, and don't delete a rule that has some", async () => {
    const pattern = JSON.stringify({ source: ["aws.sts"] });
    await cli(
      ...["events", "put-rule", "--name", "watch", "--event-pattern", pattern],
    );
    const { TopicArn } = await cli("sns", "create-topic", "--name", "news");
    const target = (arn: string) => `Id=tell,Arn=${arn}`;
    await refused(
      /ValidationException.*must be in the rule's region/,
      ...["events", "put-targets", "--rule", "watch", "--targets"],
      target(`arn:aws:sns:us-east-1:${devId}:news`),
    );
    await cli(
      ...["events", "put-targets", "--rule", "watch", "--targets"],
      target(String(TopicArn)),
    );
    await refused(
      /ValidationException.*has targets/,
      ...["events", "delete-rule", "--name", "watch"],
    );
    await refused(
      /ResourceNotFoundException/,
      ...["events", "describe-rule", "--name", "watch"],
      ...["--region", "us-east-1"],
    );
  });

  it("say whether a pattern matches an event, and what is wrong with a pattern", async () => {
    const test = (pattern: object) => [
      ...["events", "test-event-pattern", "--event-pattern"],
      JSON.stringify(pattern),
      "--event",
      JSON.stringify(roleTaken("OpsSudo")),
    ];
    const taken = (name: string) => ({ detail: { eventName: [name] } });
    assert.equal((await cli(...test(taken("AssumeRole"))))["Result"], true);
    assert.equal((await cli(...test(taken("GetUser"))))["Result"], false);
    for (const wrong of [
      { detail: { eventName: "AssumeRole" } },
      { detail: { eventName: [] } },
      { detail: { eventName: [{ like: "Assume*" }] } },
      { $or: [taken("AssumeRole")] },
      {},
    ]) {
      await refused(/InvalidEventPatternException/, ...test(wrong));
    }
  });

  it("tell a topic's attributes, and leave a mail's subscription to be confirmed", async () => {
    const { TopicArn } = await cli("sns", "create-topic", "--name", "letters");
    const topic = ["--topic-arn", String(TopicArn)];
    const { SubscriptionArn } = await cli(
      ...["sns", "subscribe", ...topic, "--protocol", "email"],
      ...["--notification-endpoint", "ada@example.org"],
    );
    assert.equal(SubscriptionArn, "pending confirmation");
    const { Attributes } = await cli("sns", "get-topic-attributes", ...topic);
    assert.equal((Attributes as Record<string, string>)["Owner"], devId);
    await refused(
      /NotFound/,
      ...["sns", "get-topic-attributes", "--topic-arn", `${String(TopicArn)}x`],
    );
  });

  it("do with a key what its policy allows, until it is to be deleted", async () => {
    const { KeyMetadata } = await cli("kms", "create-key");
    const { KeyId, Arn } = KeyMetadata as Record<string, string>;
    const key = ["--key-id", KeyId ?? ""];
    assert.match(Arn ?? "", /^arn:aws:kms:eu-central-1:222222222222:key\//);
    await cli(
      ...["kms", "create-alias", "--alias-name", "alias/own"],
      ...["--target-key-id", KeyId ?? ""],
    );
    await refused(
      /AlreadyExistsException/,
      ...["kms", "create-alias", "--alias-name", "alias/own"],
      ...["--target-key-id", KeyId ?? ""],
    );
    await cli("kms", "schedule-key-deletion", ...key);
    await refused(
      /KMSInvalidStateException/,
      ...["kms", "enable-key-rotation", ...key],
    );
  });

  it("refuse a key's use to an administrator whom its policy leaves out", async () => {
    const policy = JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Service: "events.amazonaws.com" },
          Action: "kms:Decrypt",
          Resource: "*",
        },
      ],
    });
    const { KeyMetadata } = await cli(
      ...["kms", "create-key", "--policy", policy],
      "--bypass-policy-lockout-safety-check",
    );
    const { KeyId } = KeyMetadata as Record<string, string>;
    await refused(
      /AccessDenied/,
      ...["kms", "describe-key", "--key-id", KeyId ?? ""],
    );
  });
});
