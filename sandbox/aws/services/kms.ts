import { randomUUID } from "node:crypto";
import { accountOf } from "../arn";
import { parseResourceDocument } from "../documents";
import { AwsError } from "../errors";
import type { AlsoNeeded, Call } from "../operation";
import { pageAfter, type Keyed } from "../paging";
import type { Fields } from "../service-models/fields";
import { policyHoldersOf } from "../resource-policies";
import { withoutTags, withTags, type TagRefusals } from "../tags";
import { jsonService, type JsonOperation } from "./json";
import {
  bypassKey,
  keyKeys,
  newKeyKeys,
  numberKey,
  requestAlias,
  requestTags,
  type KeysOf,
} from "./kms-condition-keys";
import { defaultPolicy, keyPolicy } from "./kms-key-policy";
import {
  anybodysKey,
  arn,
  describedKey,
  keptOf,
  keyOf,
  kind,
  nameOfAlias,
  tagsIn,
  targetKey,
  type Key,
} from "./kms-keys";

/** Days that a key waits for its deletion, and between two rotations, where nobody says. */
const usualWindow = 30;
const usualRotation = 365;

function refuseChange({ arn: at, state }: Key): void {
  if (state === "PendingDeletion")
    throw new AwsError("KMSInvalidState", `${at} is pending deletion.`);
}

/** Source: AWS KMS API Reference, "TagResource", errors. */
const tagRefusals: TagRefusals = {
  invalid: (message) => new AwsError("Tag", message),
  tooMany: (message) => new AwsError("LimitExceeded", message),
};

async function createKey(call: Call): Promise<Fields> {
  const id = randomUUID();
  const at = arn(call, `key/${id}`);
  const text = call.parameters.get("Policy") ?? defaultPolicy(call);
  const key: Key = {
    id,
    arn: at,
    createdAt: call.cloud.now(),
    description: call.parameters.get("Description") ?? "",
    policy: await keyPolicy(call, text, {
      arn: at,
      context: newKeyKeys(call),
    }),
    state: "Enabled",
    tags: withTags([], tagsIn(call), tagRefusals),
  };
  keptOf(call.account).keys.set(key.arn, key);
  policyHoldersOf(call.account).add(key);
  return { KeyMetadata: metadata(key) };
}

async function putKeyPolicy(key: Key, call: Call): Promise<Fields> {
  refuseChange(key);
  key.policy = await keyPolicy(call, call.parameters.required("Policy"), {
    arn: key.arn,
    context: keyKeys(call, key),
  });
  return {};
}

const metadata = (key: Key): Fields => ({
  KeyId: key.id,
  Arn: key.arn,
  AWSAccountId: accountOf(key.arn),
  CreationDate: key.createdAt.getTime() / 1_000,
  Description: key.description,
  Enabled: key.state === "Enabled",
  KeyState: key.state,
  CustomerMasterKeySpec: kind.KeySpec,
  ...kind,
  KeyManager: "CUSTOMER",
  ...(key.deletedAt === undefined
    ? {}
    : { DeletionDate: key.deletedAt.getTime() / 1_000 }),
});

function scheduleDeletion(key: Key, call: Call): Fields {
  refuseChange(key);
  const days = call.parameters.number("PendingWindowInDays", usualWindow);
  // Stricter than the model, which takes any number from 1 on. Source: AWS documentation,
  // "ScheduleKeyDeletion".
  if (days < 7 || days > 30) {
    throw new AwsError("Validation", "PendingWindowInDays: from 7 to 30");
  }
  key.state = "PendingDeletion";
  key.deletedAt = new Date(call.cloud.now().getTime() + days * 86_400_000);
  return { KeyId: key.arn, KeyState: key.state };
}

const aliasArn = (call: Call): string =>
  arn(call, call.parameters.required("AliasName"));

/** The right to the alias itself, beside that to its key. */
function toAlias(call: Call, action: string): AlsoNeeded {
  const resource = aliasArn(call);
  if (!/:alias\/(?!aws\/)[\w/-]{1,250}$/.test(resource)) {
    throw new AwsError(
      "InvalidAliasName",
      `${resource} is no name of an alias`,
    );
  }
  const context = { "kms:CallerAccount": call.caller.accountId };
  return { action, resource, context };
}

/** The right to the key that the alias is of now. */
function toAliasedKey(call: Call, action: string): readonly AlsoNeeded[] {
  const { aliases, keys } = keptOf(call.account);
  const key = keys.get(arn(call, `key/${aliases.get(aliasArn(call)) ?? ""}`));
  if (key === undefined) return [];
  const context = keyKeys(call, key);
  return [{ action, resource: key.arn, context, resourcePolicy: key.policy }];
}

function createAlias({ id }: Key, call: Call): Fields {
  const { aliases } = keptOf(call.account);
  const at = aliasArn(call);
  if (aliases.has(at)) {
    throw new AwsError(
      "AlreadyExists",
      `An alias with the name ${at} already exists`,
    );
  }
  aliases.set(at, id);
  return {};
}

function updateAlias({ id }: Key, call: Call): Fields {
  keptOf(call.account).aliases.set(knownAlias(call), id);
  return {};
}

function knownAlias(call: Call): string {
  const at = aliasArn(call);
  if (keptOf(call.account).aliases.has(at)) return at;
  throw new AwsError("NotFound", `Alias ${at} is not found.`);
}

/** Aliases and keys of the region that the request is for. */
const ofRegion = (call: Call, at: string): boolean =>
  at.startsWith(arn(call, ""));

/** A key has one policy. */
const policyNames = { only: { PolicyName: "default" } };

/** An action on a key, which the key's own policy has to allow. */
const onKey = (
  run: (key: Key, call: Call) => Fields | Promise<Fields>,
  {
    find = keyOf,
    keys = () => ({}),
  }: { readonly find?: (call: Call) => Key; readonly keys?: KeysOf } = {},
): JsonOperation => ({
  resource: (call) => find(call).arn,
  context: (call) => ({
    ...requestTags(call),
    ...keyKeys(call, find(call)),
    ...keys(call),
  }),
  resourcePolicy: (call) => find(call).policy,
  run: (call) => run(find(call), call),
});

/** A change of a key, which may not wait for its end. */
const change = (
  make: (key: Key, call: Call) => Partial<Key>,
  keys?: KeysOf,
): JsonOperation =>
  onKey(
    (key, call) => {
      refuseChange(key);
      Object.assign(key, make(key, call));
      return {};
    },
    keys ? { keys } : {},
  );

/** A list, page by page, in the field that AWS gives it. */
function listPage(
  call: Call,
  field: string,
  all: readonly Keyed<Fields>[],
): Fields {
  const wanted = {
    token: call.parameters.get("Marker"),
    size: call.parameters.number("Limit", 100),
    // Source: AWS KMS API Reference, "ListKeys", errors.
    invalid: () => new AwsError("InvalidMarker", "The marker is not valid."),
  };
  const { items, next } = pageAfter(call, wanted, all);
  return { [field]: items, NextMarker: next, Truncated: next !== undefined };
}

function listAliases(call: Call): Fields {
  const wanted = call.parameters.has("KeyId") ? keyOf(call).id : undefined;
  const all = [...keptOf(call.account).aliases].filter(
    ([at, id]) => ofRegion(call, at) && (wanted === undefined || id === wanted),
  );
  return listPage(
    call,
    "Aliases",
    all.map(([at, TargetKeyId]) => [
      at,
      { AliasArn: at, AliasName: nameOfAlias(at), TargetKeyId },
    ]),
  );
}

function listKeys(call: Call): Fields {
  const all = [...keptOf(call.account).keys.values()].filter((key) =>
    ofRegion(call, key.arn),
  );
  return listPage(
    call,
    "Keys",
    all.map((key) => [key.arn, { KeyId: key.id, KeyArn: key.arn }]),
  );
}

/** A key that is not there yet: nobody knows its id, and its own policy gives no right yet. */
const keyToBe = (call: Call) => ({
  resource: arn(call, `key/${randomUUID()}`),
  resourcePolicy: parseResourceDocument(defaultPolicy(call)),
});

/** KMS: keys for encryption, their policies and aliases. Nothing is encrypted with them. */
export const kms = jsonService("kms", {
  CreateKey: {
    context: newKeyKeys,
    tagged: keyToBe,
    lacks: ["CustomKeyStoreId", "XksKeyId"],
    only: { CustomerMasterKeySpec: kind.KeySpec, ...kind },
    run: createKey,
  },
  DescribeKey: {
    ...onKey((key) => ({ KeyMetadata: metadata(key) }), {
      find: describedKey,
      keys: requestAlias,
    }),
    lacks: ["GrantTokens"],
  },
  GetKeyPolicy: {
    ...policyNames,
    ...onKey(({ policy }) => ({ Policy: policy.text, PolicyName: "default" })),
  },
  PutKeyPolicy: {
    ...policyNames,
    ...onKey(putKeyPolicy, { keys: bypassKey }),
  },
  UpdateKeyDescription: change((_key, { parameters }) => ({
    description: parameters.required("Description"),
  })),
  GetKeyRotationStatus: onKey(
    ({ rotation }) => ({
      KeyRotationEnabled: rotation !== undefined,
      RotationPeriodInDays: rotation,
    }),
    { find: anybodysKey },
  ),
  EnableKeyRotation: change(
    (_key, { parameters }) => ({
      rotation: parameters.number("RotationPeriodInDays", usualRotation),
    }),
    numberKey(
      "kms:RotationPeriodInDays",
      "RotationPeriodInDays",
      usualRotation,
    ),
  ),
  DisableKeyRotation: onKey((key) => {
    refuseChange(key);
    delete key.rotation;
    return {};
  }),
  EnableKey: change(() => ({ state: "Enabled" })),
  DisableKey: change(() => ({ state: "Disabled" })),
  ScheduleKeyDeletion: onKey(scheduleDeletion, {
    keys: numberKey(
      "kms:ScheduleKeyDeletionPendingWindowInDays",
      "PendingWindowInDays",
      usualWindow,
    ),
  }),
  TagResource: change(({ tags }, call) => ({
    tags: withTags(tags, tagsIn(call), tagRefusals),
  })),
  UntagResource: change(({ tags }, { parameters }) => ({
    tags: withoutTags(tags, parameters.list("TagKeys")),
  })),
  ListResourceTags: onKey(({ tags }, call) =>
    listPage(
      call,
      "Tags",
      tags.map(({ Key, Value }) => [Key, { TagKey: Key, TagValue: Value }]),
    ),
  ),
  CreateAlias: {
    ...onKey(createAlias, { find: targetKey }),
    alsoNeeds: (call) => [toAlias(call, "kms:CreateAlias")],
  },
  UpdateAlias: {
    ...onKey(updateAlias, { find: targetKey }),
    alsoNeeds: (call) => [
      toAlias(call, "kms:UpdateAlias"),
      ...toAliasedKey(call, "kms:UpdateAlias"),
    ],
  },
  DeleteAlias: {
    resource: aliasArn,
    context: ({ caller }) => ({ "kms:CallerAccount": caller.accountId }),
    alsoNeeds: (call) => toAliasedKey(call, "kms:DeleteAlias"),
    run: (call) => {
      keptOf(call.account).aliases.delete(knownAlias(call));
    },
  },
  ListAliases: { run: listAliases },
  ListKeys: { lacks: ["ResourceOwners"], run: listKeys },
});
