import type { Tag } from "@aws-sdk/client-iam";
import { computedDocumentInput } from "../document-input";
import { regionInput } from "../names";
import { between, oneOf, textUpTo } from "../problems";
import { flag, optionalNumber, optionalText, text } from "../properties";
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
      aws: "Description",
      computed: true,
      problem: textUpTo(8_192),
      update: ({ kms, id, properties }) =>
        kms("UpdateKeyDescription", {
          KeyId: id,
          Description: optionalText(properties, "description"),
        }),
    },
    policy: {
      ...computedDocumentInput,
      aws: "Policy",
      update: ({ kms, id, properties }) =>
        kms("PutKeyPolicy", { KeyId: id, Policy: text(properties, "policy") }),
    },
    enableKeyRotation: {
      aws: "KeyRotationEnabled",
      default: false,
      afterCreation: true,
      update: ({ kms, id, properties }) => {
        const rotates = flag(properties, "enableKeyRotation");
        const change = rotates ? "EnableKeyRotation" : "DisableKeyRotation";
        return kms(change, { KeyId: id });
      },
    },
    isEnabled: {
      aws: "Enabled",
      default: true,
      afterCreation: true,
      update: ({ kms, id, properties }) => {
        const change = flag(properties, "isEnabled")
          ? "EnableKey"
          : "DisableKey";
        return kms(change, { KeyId: id });
      },
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
  outputs: { arn: "Arn", keyId: "KeyId" },
  id: "keyId",

  create: async ({ kms, properties, parameters }) => {
    const { KeyMetadata } = await kms("CreateKey", {
      ...(parameters as Body),
      Tags: toKmsTags(newTags(properties)),
    });
    return KeyMetadata as Body;
  },

  find: async ({ kms, id }) => {
    const { KeyMetadata } = await kms("DescribeKey", { KeyId: id });
    const live = KeyMetadata as Body;
    return live["KeyState"] === "PendingDeletion" ? undefined : live;
  },

  details: async ({ kms, id }) => {
    const { Tags } = await kms("ListResourceTags", { KeyId: id });
    return {
      ...(await kms("GetKeyPolicy", { KeyId: id })),
      ...(await kms("GetKeyRotationStatus", { KeyId: id })),
      Tags: (Tags as readonly Body[]).map(({ TagKey, TagValue }) => ({
        Key: TagKey,
        Value: TagValue,
      })),
    };
  },

  tags: {
    set: ({ kms, id }, tags) =>
      kms("TagResource", { KeyId: id, Tags: toKmsTags(tags) }),
    remove: ({ kms, id }, TagKeys) =>
      kms("UntagResource", { KeyId: id, TagKeys }),
  },

  remove: ({ kms, id, properties }) =>
    kms("ScheduleKeyDeletion", {
      KeyId: id,
      PendingWindowInDays: optionalNumber(properties, "deletionWindowInDays"),
    }),
};

/** `aws:kms/alias:Alias`; the sandbox makes up no name for one. */
export const keyAlias: ResourceType = {
  inputs: {
    ...regionInput,
    name: {
      aws: "AliasName",
      required: true,
      replaces: true,
      problem: (name) =>
        typeof name === "string" && /^alias\/[\w/-]{1,250}$/.test(name)
          ? undefined
          : `must begin with alias/ and hold letters, digits, slashes, - and _, and is "${String(name)}"`,
    },
    targetKeyId: { aws: "TargetKeyId", required: true },
  },
  outputs: { arn: "AliasArn", targetKeyArn: null },
  id: "name",

  create: ({ kms, parameters }) => kms("CreateAlias", parameters),

  find: async ({ kms, id }) => {
    const { Aliases } = await kms("ListAliases", {});
    const live = (Aliases as readonly Body[]).find(
      ({ AliasName }) => AliasName === id,
    );
    const keys = String(live?.["AliasArn"]).replace(/:alias\/.*$/, ":key/");
    return (
      live && { ...live, targetKeyArn: keys + String(live["TargetKeyId"]) }
    );
  },

  update: ({ kms, parameters }) => kms("UpdateAlias", parameters),

  remove: ({ kms, id }) => kms("DeleteAlias", { AliasName: id }),
};
