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
import {
  alarmKeyAlias,
  alarmKeyTag,
  alarmTopic,
  keyPolicy,
  roleTakenRule,
  rootUsedRule,
  topicArn,
  topicPolicy,
  type AccountRegion,
} from "../documents/break-glass-access";
import {
  roleTakenPattern,
  rootUsedPattern,
  type EventPattern,
} from "../documents/break-glass-events";
import { componentTypes } from "../logical-names";
import { documentText } from "../documents/policy-document";

export interface BreakGlassAlarmArgs extends AccountRegion {
  readonly accountName: string;
  /** Roles whose taking is told. */
  readonly roles: readonly string[];
  /** Who gets a mail, once they have confirmed it. */
  readonly emails: readonly string[];
}

/**
 * Tells when somebody takes one of the roles, or is root, in one region of an account. EventBridge
 * sees what CloudTrail records there and nowhere else, so each region has an alarm of its own.
 */
export class BreakGlassAlarm extends ComponentResource {
  readonly topicArn: Output<string>;

  constructor(
    name: string,
    args: BreakGlassAlarmArgs,
    options: ComponentResourceOptions,
  ) {
    super(componentTypes.breakGlassAlarm, name, {}, options);
    const { partition, account, accountName, region, roles } = args;
    const topic = this.makeTopic(name, args);
    this.makeRule(name, topic, {
      region,
      rule: roleTakenRule,
      description: `Tells when somebody takes ${roles.join(", ")}`,
      pattern: roleTakenPattern(partition, account, roles),
      message: roleTakenMessage(accountName, account),
    });
    this.makeRule(name, topic, {
      region,
      rule: rootUsedRule,
      description: "Tells when the root user signs in or calls an API",
      pattern: rootUsedPattern(),
      message: rootUsedMessage(accountName, account),
    });
    this.topicArn = output(topicArn(args));
    this.registerOutputs({ topicArn: this.topicArn });
  }

  private makeTopic(name: string, args: BreakGlassAlarmArgs): Topic {
    const { region, emails } = args;
    const key = new Key(
      name,
      {
        region,
        description: "Encrypts what the break-glass alarm tells",
        enableKeyRotation: true,
        policy: documentText(keyPolicy(args)),
        tags: { [alarmKeyTag.key]: alarmKeyTag.value },
      },
      { parent: this },
    );
    new Alias(
      name,
      { region, name: alarmKeyAlias, targetKeyId: key.keyId },
      { parent: key },
    );
    const topic = new Topic(
      name,
      {
        region,
        name: alarmTopic,
        displayName: "Break-glass alarm",
        kmsMasterKeyId: key.arn,
      },
      { parent: this },
    );
    const policy = new TopicPolicy(
      name,
      { region, arn: topic.arn, policy: documentText(topicPolicy(args)) },
      { parent: topic },
    );
    for (const email of emails) {
      new TopicSubscription(
        `${name}-${email}`,
        { region, topic: topic.arn, protocol: "email", endpoint: email },
        // So that nobody is asked to confirm what can't be told yet.
        { parent: topic, dependsOn: [policy] },
      );
    }
    return topic;
  }

  private makeRule(name: string, topic: Topic, args: RuleArgs): void {
    const { region, rule, description, pattern, message } = args;
    const made = new EventRule(
      `${name}-${rule}`,
      {
        region,
        name: rule,
        description,
        eventPattern: JSON.stringify(pattern),
        // Without it EventBridge leaves out what only reads: much of what root could do.
        state: "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS",
      },
      { parent: this },
    );
    new EventTarget(
      `${name}-${rule}`,
      {
        region,
        rule: made.name,
        targetId: alarmTopic,
        // No role: for an encrypted topic, EventBridge goes by the policies of topic and key.
        arn: topic.arn,
        inputTransformer: {
          inputPaths: message.paths,
          inputTemplate: JSON.stringify(message.text),
        },
      },
      { parent: made },
    );
  }
}

interface RuleArgs {
  readonly region: string;
  readonly rule: string;
  readonly description: string;
  readonly pattern: EventPattern;
  readonly message: Message;
}

/** What the mail says: text, with the places in the event that fill it. */
interface Message {
  readonly text: string;
  readonly paths: Record<string, string>;
}

const always = {
  event: "$.detail.eventName",
  time: "$.detail.eventTime",
  ip: "$.detail.sourceIPAddress",
  region: "$.detail.awsRegion",
  id: "$.detail.eventID",
};

const whereAndWhen =
  "<event> at <time> in <region>, from <ip>. CloudTrail event <id>.";

/** Labelled, since a call and a role switch fill different places, and EventBridge leaves out the rest. */
const roleTakenMessage = (name: string, account: string): Message => ({
  text: `Account ${name} (${account}): a break-glass role was taken. Role: <role>. Session: <session>. Identity: <identity>. ${whereAndWhen}`,
  paths: {
    ...always,
    role: "$.detail.requestParameters.roleArn",
    session: "$.detail.requestParameters.roleSessionName",
    identity: "$.detail.userIdentity.arn",
  },
});

const rootUsedMessage = (name: string, account: string): Message => ({
  text: `Account ${name} (${account}): root was used. ${whereAndWhen}`,
  paths: always,
});
