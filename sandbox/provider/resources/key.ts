import type { Tag } from "@aws-sdk/client-iam";
import { computedDocumentInput, documentText } from "../document-input";
import { regionInput } from "../names";
import { between, oneOf, textUpTo } from "../problems";
import { flag, optionalNumber, optionalText } from "../properties";
import type { ResourceType } from "../resource";
import type { Body } from "../service-calls";
import { newTags, tagInputs } from "../tags";

/** KMS has other names for the two parts of a tag. */
const toKmsTags = (tags: readonly Tag[]) =>
  tags.map(({ Key, Value }) => ({ TagKey: Key, TagValue: Value }));

/** `aws:kms/key:Key`, symmetric. A deleted one waits for its end, and counts as gone. */
export const key: ResourceType = {
  inputs: {
    ...regionInput,
    description: {
      computed: true,
      problem: textUpTo(8_192),
      update: ({ kms }, KeyId, news) =>
        kms("UpdateKeyDescription", {
          KeyId,
          Description: optionalText(news, "description"),
        }),
    },
    policy: {
      ...computedDocumentInput,
      update: ({ kms }, KeyId, news) =>
        kms("PutKeyPolicy", { KeyId, Policy: documentText(news["policy"]) }),
    },
    enableKeyRotation: {
      default: false,
      afterCreation: true,
      update: ({ kms }, KeyId, news) => {
        const change = flag(news, "enableKeyRotation") ? "Enable" : "Disable";
        return kms(`${change}KeyRotation`, { KeyId });
      },
    },
    isEnabled: {
      default: true,
      afterCreation: true,
      update: ({ kms }, KeyId, news) =>
        kms(flag(news, "isEnabled") ? "EnableKey" : "DisableKey", { KeyId }),
    },
    keyUsage: {
      default: "ENCRYPT_DECRYPT",
      replaces: true,
      problem: oneOf("ENCRYPT_DECRYPT"),
    },
    customerMasterKeySpec: {
      default: "SYMMETRIC_DEFAULT",
      replaces: true,
      problem: oneOf("SYMMETRIC_DEFAULT"),
    },
    deletionWindowInDays: { problem: between(7, 30) },
    bypassPolicyLockoutSafetyCheck: { default: false },
    ...tagInputs,
  },
  outputs: ["arn", "keyId"],
  fromId: (id) => ({ keyId: id }),

  create: async ({ kms }, inputs) => {
    const policy = inputs["policy"];
    const { KeyMetadata } = await kms("CreateKey", {
      Description: optionalText(inputs, "description"),
      Policy: policy === undefined ? undefined : documentText(policy),
      Tags: toKmsTags(newTags(inputs)),
    });
    return String((KeyMetadata as Body)["KeyId"]);
  },

  read: async ({ kms }, KeyId) => {
    const { KeyMetadata } = await kms("DescribeKey", { KeyId });
    const live = KeyMetadata as Body;
    if (live["KeyState"] === "PendingDeletion") return undefined;
    const { Policy } = await kms("GetKeyPolicy", { KeyId });
    const { KeyRotationEnabled } = await kms("GetKeyRotationStatus", { KeyId });
    const { Tags } = await kms("ListResourceTags", { KeyId });
    return {
      keyId: live["KeyId"],
      arn: live["Arn"],
      description: live["Description"],
      isEnabled: live["Enabled"],
      policy: Policy,
      enableKeyRotation: KeyRotationEnabled,
      tags: (Tags as readonly Body[]).map(({ TagKey, TagValue }) => ({
        Key: TagKey,
        Value: TagValue,
      })),
    };
  },

  tags: {
    set: ({ kms }, KeyId, tags) =>
      kms("TagResource", { KeyId, Tags: toKmsTags(tags) }),
    remove: ({ kms }, KeyId, TagKeys) =>
      kms("UntagResource", { KeyId, TagKeys }),
  },

  remove: async ({ kms }, KeyId, state) => {
    const { KeyMetadata } = await kms("DescribeKey", { KeyId });
    if ((KeyMetadata as Body)["KeyState"] === "PendingDeletion") return;
    await kms("ScheduleKeyDeletion", {
      KeyId,
      PendingWindowInDays: optionalNumber(state, "deletionWindowInDays"),
    });
  },
};
