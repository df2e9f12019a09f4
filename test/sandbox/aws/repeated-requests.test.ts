import assert from "node:assert/strict";
import { perform } from "../../../sandbox/aws/authorize";
import { Parameters } from "../../../sandbox/aws/parameters";
import { services } from "../../../sandbox/aws/services";
import type { Fields } from "../../../sandbox/aws/service-models/fields";
import type { ServiceName } from "../../../sandbox/aws/service-models/service-model";
import { refused } from "./iam/conversation";
import { arn, pattern, world } from "./operations/world";

describe("Making what is there already", () => {
  /** Asks one service, in one account. */
  const asking = async (service: ServiceName) => {
    const { call } = await world(service);
    const operations = services.get(service)?.operations ?? {};
    return (name: string, fields: Fields): Promise<object> =>
      perform(call(new Parameters(fields)), service, name, operations);
  };
  const Attributes = { DisplayName: "Alarms" };
  const Tags = [{ Key: "team", Value: "a" }];

  it("answers a topic that is the same, and refuses one that is to be another", async () => {
    const ask = await asking("sns");
    const Name = "alarm";
    const made = await ask("CreateTopic", { Name, Attributes, Tags });
    assert.deepEqual(made, { TopicArn: arn(Name, "sns") });
    assert.deepEqual(await ask("CreateTopic", { Name }), made);
    assert.deepEqual(
      await ask("CreateTopic", { Name, Attributes, Tags }),
      made,
    );
    await refused(
      ask("CreateTopic", { Name, Attributes: { DisplayName: "Other" } }),
      "InvalidParameter",
      "Topic already exists with different attributes",
    );
    await refused(
      ask("CreateTopic", { Name, Tags: [{ Key: "team", Value: "b" }] }),
      "InvalidParameter",
      "Topic already exists with different tags",
    );
  });

  it("leaves no topic behind that was refused", async () => {
    const ask = await asking("sns");
    const TopicArn = arn("alarm", "sns");
    await refused(
      ask("CreateTopic", { Name: "alarm", Attributes: { Policy: "{" } }),
      "InvalidParameter",
      "Invalid parameter: Policy Error",
    );
    await refused(ask("GetTopicAttributes", { TopicArn }), "NotFound");
  });

  it("leaves a rule its tags, as AWS does", async () => {
    const ask = await asking("events");
    const rule = { Name: "alarm", EventPattern: pattern };
    const ResourceARN = arn("rule/alarm", "events");
    await ask("PutRule", { ...rule, Tags });
    await ask("PutRule", { ...rule, Tags: [{ Key: "team", Value: "b" }] });
    assert.deepEqual(await ask("ListTagsForResource", { ResourceARN }), {
      Tags,
    });
  });
});
