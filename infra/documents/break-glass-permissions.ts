import type { AccountId, Partition } from "../partition";
import { alarmKeyTag, alarmResourceArns } from "./break-glass-access";
import {
  allow,
  type Condition,
  type IdentityStatement,
} from "./policy-document";

/** What a preview reads of the alarm. */
export function readAlarm(
  partition: Partition,
  accountId: AccountId,
): readonly IdentityStatement[] {
  const { rules, topic, keys } = alarmResourceArns(partition, accountId);
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
  const { rules, topic, alias, keys } = alarmResourceArns(partition, accountId);
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
