import type { AccountId, Partition } from "../partition";
import { alarmKeyTag, alarmResourceArns } from "./break-glass-access";
import { deny, policyDocument, type PolicyDocument } from "./policy-document";

/** Actions of a service, or verbs that begin their names: one that AWS adds tomorrow is closed too. */
type Verbs = Readonly<Record<string, string>>;

const actionsOf = (verbs: Verbs): readonly string[] =>
  Object.entries(verbs).flatMap(([service, names]) =>
    names.split(" ").map((name) => `${service}:${name}`),
  );

/** All that changes the alarm, publishes in its name, or reads its mails along. */
const alarmWrites: Verbs = {
  events:
    "DeleteRule* DisableRule* EnableRule* PutRule* PutTargets* RemoveTargets* Tag* Untag* " +
    "UpdateEventBus*",
  sns:
    "Add* Confirm* Create* Delete* Publish* Put* Remove* Set* Subscribe* Tag* " +
    "Unsubscribe* Untag* Update*",
  kms: "CreateAlias DeleteAlias UpdateAlias",
};

/** All that changes a key, or lets somebody else. To use one is not among it. */
const keyWrites: Verbs = {
  kms:
    "Cancel* Create* Delete* Disable* Enable* Import* Put* Replicate* Retire* Revoke* Rotate* " +
    "Schedule* Tag* Untag* Update*",
};

/**
 * What turns off those who watch, or has them look away. Findings may still be worked on, and rules
 * of AWS Config added.
 *
 * Source: AWS's examples of service control policies (aws-samples/service-control-policy-examples),
 * "Deny changes to security services"; AWS Control Tower's mandatory controls
 * AWS-GR_CLOUDTRAIL_CHANGE_PROHIBITED and AWS-GR_CONFIG_CHANGE_PROHIBITED.
 */
const watchWrites: Verbs = {
  cloudtrail: "Delete* Put* Stop* Update*",
  config:
    "Delete* Disassociate* PutConfigurationRecorder PutDeliveryChannel " +
    "PutRetentionConfiguration Stop*",
  guardduty:
    "Archive* CreateFilter CreateIPSet CreateTrustedEntitySet Delete* Disable* Disassociate* " +
    "Stop* Update*",
  securityhub:
    "BatchDisable* BatchUpdateAutomationRules BatchUpdateStandards* CreateAutomationRule* " +
    "Delete* Disable* Disassociate* Update*",
  "access-analyzer": "ApplyArchiveRule CreateArchiveRule Delete* Update*",
};

/**
 * Keeps a role from what guards its account: the break-glass alarm in every region, and AWS's own
 * services that watch. Every role that people take has it but OpsSudo, whose doings are told instead.
 */
export function accountGuardPolicy(
  partition: Partition,
  accountId: AccountId,
): PolicyDocument {
  const { rules, bus, topic, alias, keys } = alarmResourceArns(
    partition,
    accountId,
  );
  return policyDocument(
    deny({
      sid: "KeepTheAlarm",
      actions: actionsOf(alarmWrites),
      resources: [...rules, ...bus, ...topic, ...alias],
    }),
    deny({
      sid: "KeepTheAlarmsKeys",
      actions: actionsOf(keyWrites),
      resources: keys,
      condition: {
        StringEquals: {
          [`aws:ResourceTag/${alarmKeyTag.key}`]: alarmKeyTag.value,
        },
      },
    }),
    deny({
      sid: "KeepThoseWhoWatch",
      actions: actionsOf(watchWrites),
      resources: ["*"],
    }),
  );
}
