import { regionOf } from "../arn";
import { sendMail } from "../mail";
import type { Account, Cloud } from "../model";
import { isServiceAllowed } from "../service-decision";
import { matches } from "../services/event-pattern";
import { rulesOf, type Rule } from "../services/event-rules";
import { isFields, type Fields } from "../services/json-body";
import { asText, valueAt } from "../services/json-path";
import { keptOf, type Key } from "../services/kms-keys";
import { topicsOf, type Topic } from "../services/sns-topics";
import type { TrailEvent } from "./event";

const eventBridge = "events.amazonaws.com";

/** The state in which a rule sees what only reads, too. */
const withReads = "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS";

/**
 * Hands an event to the targets of each rule that it matches. As with AWS, nobody is told of one
 * that a topic, its key or their policies do not let through.
 */
export function deliver(
  cloud: Cloud,
  account: Account,
  event: TrailEvent,
): void {
  for (const [arn, rule] of rulesOf(account)) {
    if (regionOf(arn) !== event.region || !sees(rule, event)) continue;
    for (const target of rule.targets.values()) {
      const topic = topicsOf(account).get(String(target["Arn"]));
      // With a role, EventBridge would go by that role's policies.
      if (topic === undefined || target["RoleArn"] !== undefined) continue;
      if (!mayPublish(account, arn, topic)) continue;
      publish(cloud, topic, textFor(target, event));
    }
  }
}

function sees({ description, pattern }: Rule, event: TrailEvent): boolean {
  const state = description["State"];
  const isSeen =
    state === withReads ||
    (state === "ENABLED" && event.detail["readOnly"] !== true);
  return isSeen && matches(pattern, event);
}

/** Source: AWS documentation, "Amazon SNS permissions" of EventBridge; "Key management" of SNS. */
function mayPublish(account: Account, rule: string, topic: Topic): boolean {
  const { arn, policy, attributes } = topic;
  const context = {
    "aws:SourceArn": rule,
    "aws:SourceAccount": account.id,
    "aws:SecureTransport": "true",
    "aws:PrincipalIsAWSService": "true",
  };
  const service = eventBridge;
  const isAllowed = isServiceAllowed({
    ...{ service, action: "sns:Publish", resource: arn, policy, context },
  });
  if (!isAllowed) return false;
  const keyId = attributes.get("KmsMasterKeyId") ?? "";
  if (keyId === "") return true;
  const key = keyFor(account, topic, keyId);
  if (key?.state !== "Enabled") return false;
  const forTopic = { "kms:EncryptionContext:aws:sns:topicArn": arn };
  return ["kms:GenerateDataKey", "kms:Decrypt"].every((action) =>
    isServiceAllowed({
      ...{ service, action, resource: key.arn, policy: key.policy },
      context: { ...context, ...forTopic },
    }),
  );
}

/** A topic names its key by its id, its ARN or an alias. */
function keyFor(
  account: Account,
  { arn }: Topic,
  named: string,
): Key | undefined {
  const { keys, aliases } = keptOf(account);
  const [, partition = "", , region = "", id = ""] = arn.split(":");
  const at = (resource: string) =>
    `arn:${partition}:kms:${region}:${id}:${resource}`;
  const resource = named.split(":").at(-1) ?? named;
  const ofAlias = aliases.get(at(resource));
  return keys.get(at(`key/${ofAlias ?? resource.replace("key/", "")}`));
}

function publish(cloud: Cloud, topic: Topic, text: string): void {
  for (const { endpoint, isConfirmed } of topic.subscriptions.values()) {
    if (!isConfirmed) continue;
    sendMail(cloud, endpoint, {
      topic: topic.arn,
      subject: "AWS Notification Message",
      text,
    });
  }
}

/** Source: AWS documentation, "Amazon EventBridge input transformation". */
function textFor(target: Fields, event: TrailEvent): string {
  const transformer = target["InputTransformer"];
  if (!isFields(transformer)) {
    const path = target["InputPath"];
    const whole = typeof path === "string" ? found(path, event) : event;
    const input = target["Input"];
    return typeof input === "string" ? input : JSON.stringify(whole);
  }
  const paths = transformer["InputPathsMap"];
  return Object.entries(isFields(paths) ? paths : {}).reduce(
    (text, [name, path]) =>
      text.replaceAll(`<${name}>`, asText(found(String(path), event))),
    String(transformer["InputTemplate"]),
  );
}

/** What a path as `$.detail.eventName` leads to. */
const found = (path: string, event: TrailEvent): unknown =>
  valueAt(event, path.split(".").slice(1));
