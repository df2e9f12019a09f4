import { EventRule } from "@pulumi/aws/cloudwatch/eventRule";
import { EventTarget } from "@pulumi/aws/cloudwatch/eventTarget";
import { Alias } from "@pulumi/aws/kms/alias";
import { Key } from "@pulumi/aws/kms/key";
import { Topic } from "@pulumi/aws/sns/topic";
import { TopicPolicy } from "@pulumi/aws/sns/topicPolicy";
import { TopicSubscription } from "@pulumi/aws/sns/topicSubscription";
import {
  ComponentResource,
  output,
  type ComponentResourceOptions,
  type Output,
} from "@pulumi/pulumi";
import type { AlarmPlan, AlarmRulePlan } from "../alarms";
import { alarmKeyTag } from "../documents/break-glass-access";
import {
  keyOfTheAlarm,
  type EventPattern,
} from "../documents/break-glass-events";
import { documentText } from "../documents/policy-document";
import { alarmResources, componentTypes } from "../logical-names";
import { withReplacementsInPlace } from "./replacement";

/**
 * Plain values, not Pulumi's `Input`s: a preview has to know principals and ARNs, or a policy pack
 * can't judge them.
 */
export type BreakGlassAlarmArgs = AlarmPlan;

/**
 * Tells when somebody takes one of the roles, or is root, in one region of an account. EventBridge
 * sees what CloudTrail records there and nowhere else, so each region has an alarm of its own.
 */
export class BreakGlassAlarm extends ComponentResource {
  readonly topicArn: Output<string>;

  constructor(
    name: string,
    args: BreakGlassAlarmArgs,
    options?: ComponentResourceOptions,
  ) {
    super(
      componentTypes.breakGlassAlarm,
      name,
      args,
      withReplacementsInPlace(options),
    );
    const key = this.makeKey(name, args);
    const topic = this.makeTopic(name, args, key);
    for (const rule of args.rules) {
      this.makeRule(name, args, { topic, key }, rule);
    }
    this.topicArn = output(args.topicArn);
    this.registerOutputs({ topicArn: this.topicArn });
  }

  private makeKey(component: string, args: BreakGlassAlarmArgs): Key {
    const { region } = args;
    const names = alarmResources(component);
    const key = new Key(
      names.topic,
      {
        region,
        description: "Encrypts what the break-glass alarm tells",
        enableKeyRotation: true,
        policy: documentText(args.keyPolicy),
        tags: { [alarmKeyTag.key]: alarmKeyTag.value },
      },
      { parent: this },
    );
    new Alias(
      names.topic,
      { region, name: args.keyAlias, targetKeyId: key.keyId },
      { parent: key },
    );
    return key;
  }

  private makeTopic(
    component: string,
    args: BreakGlassAlarmArgs,
    key: Key,
  ): Topic {
    const { region, emails } = args;
    const names = alarmResources(component);
    const topic = new Topic(
      names.topic,
      {
        region,
        name: args.name,
        displayName: "Break-glass alarm",
        kmsMasterKeyId: key.arn,
      },
      { parent: this },
    );
    const policy = new TopicPolicy(
      names.topic,
      { region, arn: topic.arn, policy: documentText(args.topicPolicy) },
      { parent: topic },
    );
    for (const email of emails) {
      new TopicSubscription(
        names.subscription(email),
        { region, topic: topic.arn, protocol: "email", endpoint: email },
        // So that nobody is asked to confirm what can't be sent yet.
        { parent: topic, dependsOn: [policy] },
      );
    }
    return topic;
  }

  private makeRule(
    component: string,
    { region, name: alarm }: BreakGlassAlarmArgs,
    { topic, key }: { readonly topic: Topic; readonly key: Key },
    { name, description, pattern, message }: AlarmRulePlan,
  ): void {
    const logicalName = alarmResources(component).rule(name);
    const rule = new EventRule(
      logicalName,
      {
        region,
        name,
        description,
        eventPattern: patternText(pattern, key),
        // Without it EventBridge leaves out what only reads: much of what root could do.
        state: "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS",
      },
      { parent: this },
    );
    new EventTarget(
      logicalName,
      {
        region,
        rule: rule.name,
        targetId: alarm,
        // No role: for an encrypted topic, EventBridge goes by the policies of topic and key.
        arn: topic.arn,
        inputTransformer: {
          inputPaths: message.paths,
          inputTemplate: JSON.stringify(message.text),
        },
      },
      { parent: rule },
    );
  }
}

/** Known before the deployment, but for the one that names the key. */
function patternText(pattern: EventPattern, key: Key): string | Output<string> {
  const text = JSON.stringify(pattern);
  return text.includes(keyOfTheAlarm)
    ? key.arn.apply((arn) => text.replaceAll(keyOfTheAlarm, arn))
    : text;
}
