import { computedDocumentInput, documentText } from "../document-input";
import type { Tag } from "@aws-sdk/client-iam";
import { sameDocument } from "../equality";
import { unlessMissing } from "../errors";
import { between, oneOf, textUpTo } from "../problems";
import { regionInput, regionOf } from "../region";
import {
  flag,
  optionalNumber,
  optionalText,
  type Properties,
} from "../properties";
import type { ConnectedAccount } from "../account";
import type { ResourceType } from "../resource";
import type { Body } from "../service-calls";
import { readTags, tagInputs, tagsOf, toAwsTags, updateTags } from "../tags";

/** KMS has other names for the two parts of a tag. */
const toKmsTags = (tags: readonly Tag[]) =>
  tags.map(({ Key, Value }) => ({ TagKey: Key, TagValue: Value }));

const callerFor =
  (account: ConnectedAccount, properties: Properties, KeyId?: string) =>
  (action: string, body: Body = {}) =>
    account.services.json("kms", regionOf(account, properties), action, {
      ...(KeyId === undefined ? {} : { KeyId }),
      ...body,
    });

const rotate = (call: ReturnType<typeof callerFor>, rotates: boolean) =>
  call(rotates ? "EnableKeyRotation" : "DisableKeyRotation");

/** `aws:kms/key:Key`, symmetric. A deleted one waits for its end, and counts as gone. */
export const key: ResourceType = {
  inputs: {
    ...regionInput,
    description: { computed: true, problem: textUpTo(8_192) },
    policy: computedDocumentInput,
    enableKeyRotation: { default: false },
    isEnabled: { default: true },
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

  create: async (account, inputs) => {
    const policy = inputs["policy"];
    const { KeyMetadata } = await callerFor(account, inputs)("CreateKey", {
      Description: optionalText(inputs, "description"),
      Policy: policy === undefined ? undefined : documentText(policy),
      Tags: toKmsTags(toAwsTags(tagsOf(inputs, "tagsAll"))),
    });
    return { id: String((KeyMetadata as Body)["KeyId"]) };
  },

  finish: async (account, id, inputs) => {
    const call = callerFor(account, inputs, id);
    if (flag(inputs, "enableKeyRotation")) await rotate(call, true);
    if (!flag(inputs, "isEnabled")) await call("DisableKey");
  },

  read: async (account, id, state) => {
    const call = callerFor(account, state, id);
    const found = await unlessMissing(call("DescribeKey"));
    const live = found?.["KeyMetadata"] as Body | undefined;
    if (!live || live["KeyState"] === "PendingDeletion") return undefined;
    const { Policy } = await call("GetKeyPolicy");
    const { KeyRotationEnabled } = await call("GetKeyRotationStatus");
    const { Tags } = await call("ListResourceTags");
    return {
      keyId: live["KeyId"],
      arn: live["Arn"],
      region: regionOf(account, state),
      description: live["Description"],
      isEnabled: live["Enabled"],
      policy: Policy,
      enableKeyRotation: KeyRotationEnabled,
      ...readTags(account, state, fromKmsTags(Tags)),
    };
  },

  update: async (account, id, olds, news) => {
    const call = callerFor(account, news, id);
    const rotates = flag(news, "enableKeyRotation");
    const policy = news["policy"];
    const Description = optionalText(news, "description");
    if (Description !== optionalText(olds, "description")) {
      await call("UpdateKeyDescription", { Description });
    }
    if (policy !== undefined && !sameDocument(olds["policy"], policy)) {
      await call("PutKeyPolicy", { Policy: documentText(policy) });
    }
    if (flag(olds, "enableKeyRotation") !== rotates) {
      await rotate(call, rotates);
    }
    if (flag(olds, "isEnabled") !== flag(news, "isEnabled")) {
      await call(flag(news, "isEnabled") ? "EnableKey" : "DisableKey");
    }
    await updateTags(olds, news, {
      tag: (tags) => call("TagResource", { Tags: toKmsTags(tags) }),
      untag: (TagKeys) => call("UntagResource", { TagKeys }),
    });
  },

  remove: async (account, id, state) => {
    const call = callerFor(account, state, id);
    const { KeyMetadata } = await call("DescribeKey");
    if ((KeyMetadata as Body)["KeyState"] === "PendingDeletion") return;
    await call("ScheduleKeyDeletion", {
      PendingWindowInDays: optionalNumber(state, "deletionWindowInDays"),
    });
  },
};

const fromKmsTags = (tags: unknown): readonly Tag[] =>
  (tags as readonly { TagKey: string; TagValue: string }[]).map(
    ({ TagKey, TagValue }) => ({ Key: TagKey, Value: TagValue }),
  );
