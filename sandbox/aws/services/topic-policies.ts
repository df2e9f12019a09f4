import { loadPolicy } from "@cloud-copilot/iam-policy";
import { resourcePattern } from "../patterns";
import { statementsOf } from "../documents";
import type { StoredDocument } from "../model";

/**
 * What a topic's policy may let others do, in lower case, since no policy tells cases apart. Source:
 * Amazon SNS Developer Guide, "Amazon SNS API permissions"; `Receive` is of policies that its console
 * wrote.
 */
const actions: ReadonlySet<string> = new Set(
  [
    "AddPermission",
    "DeleteTopic",
    "GetDataProtectionPolicy",
    "GetTopicAttributes",
    "ListSubscriptionsByTopic",
    "ListTagsForResource",
    "Publish",
    "PutDataProtectionPolicy",
    "Receive",
    "RemovePermission",
    "SetTopicAttributes",
    "Subscribe",
  ].map((action) => `sns:${action}`.toLowerCase()),
);

/** Whether a topic's policy may open that to others, as `sns:Publish`; of an action, not of a pattern. */
export const isOfTopic = (action: string): boolean =>
  actions.has(action.toLowerCase());

/**
 * Whether all that a policy names can be done with a topic; of a pattern that is not asked.
 * Source: what SNS answers, as its users quote it (hashicorp/terraform#12740).
 */
export const isOfTopics = ({ parsed }: StoredDocument): boolean =>
  loadPolicy(parsed)
    .statements()
    .flatMap((statement) => {
      if (statement.isActionStatement()) return statement.actions();
      return statement.isNotActionStatement() ? statement.notActions() : [];
    })
    .map((action) => action.value().toLowerCase())
    .every(
      (action) =>
        isOfTopic(action) ||
        action === "*" ||
        (action.startsWith("sns:") && /[*?]/.test(action)),
    );

/**
 * Whether a policy is about that topic alone. Patterns that it fits are taken, as is none that leaves a
 * resource out. Source: Amazon SNS Developer Guide, "Amazon SNS API permissions: Actions and resources
 * reference".
 */
export const isOnTopic = ({ parsed }: StoredDocument, topic: string): boolean =>
  statementsOf(parsed).every(
    ({ Resource = [] }) =>
      Resource.length > 0 &&
      [Resource].flat().every((one) => resourcePattern(one).test(topic)),
  );
