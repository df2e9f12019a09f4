import type { AccountId, Partition } from "../partition";
import {
  alarmKeyAlias,
  alarmKeyTag,
  alarmTopic,
  roleTakenRule,
  rootUsedRule,
} from "./break-glass-access";
import {
  allow,
  type Condition,
  type IdentityStatement,
} from "./policy-document";

/** The alarm's resources in an account, whatever the region. */
const resourcesOf = (partition: Partition, accountId: AccountId) => {
  const arn = (service: string, resource: string) =>
    `arn:${partition}:${service}:*:${accountId}:${resource}`;
  return {
    rules: [roleTakenRule, rootUsedRule].map((rule) =>
      arn("events", `rule/${rule}`),
    ),
    // A subscription's ARN is the topic's, with an id behind it.
    topic: [arn("sns", alarmTopic), arn("sns", `${alarmTopic}:*`)],
    alias: [arn("kms", alarmKeyAlias)],
    keys: [arn("kms", "key/*")],
  };
};

/** What a preview reads of the alarm. */
export function readAlarm(
  partition: Partition,
  accountId: AccountId,
): readonly IdentityStatement[] {
  const { rules, topic, keys } = resourcesOf(partition, accountId);
  return [
    allow({
      sid: "ReadAlarm",
      actions: [
        ...["events:DescribeRule", "events:List*"],
        ...["sns:Get*", "sns:ListTagsForResource"],
        ...["kms:DescribeKey", "kms:GetKeyPolicy", "kms:GetKeyRotationStatus"],
        "kms:ListResourceTags",
      ],
      resources: [...rules, ...topic, ...keys],
    }),
    // IAM lets no policy name a resource for this action.
    allow({ sid: "FindKeys", actions: ["kms:ListAliases"], resources: ["*"] }),
  ];
}

/** What a deployment changes of the alarm; of keys, those with the alarm's tag. */
export function writeAlarm(
  partition: Partition,
  accountId: AccountId,
): readonly IdentityStatement[] {
  const { rules, topic, alias, keys } = resourcesOf(partition, accountId);
  const tagged = (kind: "Request" | "Resource"): Condition => ({
    StringEquals: {
      [`aws:${kind}Tag/${alarmKeyTag.key}`]: alarmKeyTag.value,
    },
  });
  const aliasActions = ["Create", "Update", "Delete"].map(
    (verb) => `kms:${verb}Alias`,
  );
  return [
    ...readAlarm(partition, accountId),
    allow({
      sid: "ChangeRules",
      actions: [
        ...["events:PutRule", "events:DeleteRule", "events:PutTargets"],
        ...["events:RemoveTargets", "events:TagResource"],
        ...["events:UntagResource", "events:EnableRule", "events:DisableRule"],
      ],
      resources: rules,
    }),
    allow({
      sid: "ChangeTopic",
      actions: [
        ...["sns:CreateTopic", "sns:DeleteTopic", "sns:SetTopicAttributes"],
        ...["sns:Subscribe", "sns:Unsubscribe"],
        ...["sns:SetSubscriptionAttributes"],
        ...["sns:TagResource", "sns:UntagResource"],
      ],
      resources: topic,
    }),
    // KMS asks for TagResource on a key that does not exist yet, so no key can be named here.
    allow({
      sid: "MakeKey",
      actions: ["kms:CreateKey", "kms:TagResource"],
      resources: ["*"],
      condition: tagged("Request"),
    }),
    allow({
      sid: "ChangeKey",
      actions: [
        ...["kms:PutKeyPolicy", "kms:UpdateKeyDescription"],
        ...["kms:EnableKeyRotation", "kms:DisableKeyRotation"],
        ...["kms:EnableKey", "kms:DisableKey", "kms:ScheduleKeyDeletion"],
        ...["kms:TagResource", "kms:UntagResource"],
        ...aliasActions,
      ],
      resources: keys,
      condition: tagged("Resource"),
    }),
    allow({ sid: "NameKey", actions: aliasActions, resources: alias }),
  ];
}
