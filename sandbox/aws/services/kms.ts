import { randomUUID } from "node:crypto";
import { rootArn } from "../arn";
import { parseResourceDocument } from "../documents";
import type { StoredDocument, Tag } from "../model";
import { AwsError } from "../errors";
import type { Call } from "../operation";
import { perAccount } from "../per-account";
import { jsonService, type JsonCall, type JsonOperation } from "./json";
import type { Fields } from "./json-body";
import { broughtTags, resourceTags, withoutTags, withTags } from "../tags";

/** KMS has other names for the two parts of a tag. */
const tagsIn = ({ body }: JsonCall) => body.tags("TagKey", "TagValue");

interface Key {
  readonly id: string;
  readonly arn: string;
  readonly createdAt: Date;
  description: string;
  policy: StoredDocument;
  rotates: boolean;
  state: "Enabled" | "Disabled" | "PendingDeletion";
  deletedAt?: Date;
  tags: readonly Tag[];
}

interface Kept {
  /** By ARN: a key is one region's. */
  readonly keys: Map<string, Key>;
  /** The key's id by the alias's ARN. */
  readonly aliases: Map<string, string>;
}

const keptOf = perAccount((): Kept => ({
  keys: new Map(),
  aliases: new Map(),
}));

const arn = ({ account, cloud, region }: Call, resource: string): string =>
  `arn:${cloud.partition}:kms:${region}:${account.id}:${resource}`;

/** Ids come alone or as part of an ARN. */
const keyArn = (call: JsonCall, member = "KeyId"): string => {
  const named = call.body.text(member);
  return named.startsWith("arn:") ? named : arn(call, `key/${named}`);
};

function keyOf(call: JsonCall, member = "KeyId"): Key {
  const at = keyArn(call, member);
  const key = keptOf(call.account).keys.get(at);
  if (key) return key;
  throw new AwsError("NotFound", `Key '${at}' does not exist`);
}

function refuseChange({ arn: at, state }: Key): void {
  if (state === "PendingDeletion")
    throw new AwsError("KMSInvalidState", `${at} is pending deletion.`);
}

const defaultPolicy = ({ cloud, account }: Call): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Id: "key-default-1",
    Statement: [
      {
        Sid: "Enable IAM User Permissions",
        Effect: "Allow",
        Principal: { AWS: rootArn(cloud, account.id) },
        Action: "kms:*",
        Resource: "*",
      },
    ],
  });

function createKey(call: JsonCall): Fields {
  const id = randomUUID();
  const key: Key = {
    id,
    arn: arn(call, `key/${id}`),
    createdAt: call.cloud.now(),
    description: call.body.optionalText("Description") ?? "",
    policy: parseResourceDocument(
      call.body.optionalText("Policy") ?? defaultPolicy(call),
    ),
    rotates: false,
    state: "Enabled",
    tags: tagsIn(call),
  };
  keptOf(call.account).keys.set(key.arn, key);
  return { KeyMetadata: metadata(call, key) };
}

const metadata = (call: Call, key: Key): Fields => ({
  KeyId: key.id,
  Arn: key.arn,
  AWSAccountId: call.account.id,
  CreationDate: key.createdAt.getTime() / 1_000,
  Description: key.description,
  Enabled: key.state === "Enabled",
  KeyState: key.state,
  KeyUsage: "ENCRYPT_DECRYPT",
  CustomerMasterKeySpec: "SYMMETRIC_DEFAULT",
  KeySpec: "SYMMETRIC_DEFAULT",
  KeyManager: "CUSTOMER",
  Origin: "AWS_KMS",
  MultiRegion: false,
  ...(key.deletedAt === undefined
    ? {}
    : { DeletionDate: key.deletedAt.getTime() / 1_000 }),
});

function scheduleDeletion(key: Key, call: JsonCall): Fields {
  refuseChange(key);
  const days = call.body.fields["PendingWindowInDays"] ?? 30;
  if (typeof days !== "number" || days < 7 || days > 30) {
    throw new AwsError("Validation", "PendingWindowInDays: from 7 to 30");
  }
  key.state = "PendingDeletion";
  key.deletedAt = new Date(call.cloud.now().getTime() + days * 86_400_000);
  return { KeyId: key.arn, KeyState: key.state };
}

const aliasArn = (call: JsonCall): string =>
  arn(call, call.body.text("AliasName"));

function createAlias({ id }: Key, call: JsonCall): Fields {
  const { aliases } = keptOf(call.account);
  const at = aliasArn(call);
  if (!/:alias\/(?!aws\/)[\w/-]{1,250}$/.test(at)) {
    throw new AwsError("InvalidAliasName", `${at} is no name of an alias`);
  }
  if (aliases.has(at)) {
    throw new AwsError(
      "AlreadyExists",
      `An alias with the name ${at} already exists`,
    );
  }
  aliases.set(at, id);
  return {};
}

function updateAlias({ id }: Key, call: JsonCall): Fields {
  keptOf(call.account).aliases.set(knownAlias(call), id);
  return {};
}

function knownAlias(call: JsonCall): string {
  const at = aliasArn(call);
  if (keptOf(call.account).aliases.has(at)) return at;
  throw new AwsError("NotFound", `Alias ${at} is not found.`);
}

/** Aliases and keys of the region that the request is for. */
const ofRegion = (call: Call, at: string): boolean =>
  at.startsWith(arn(call, ""));

const requestTags = (call: JsonCall) => broughtTags(tagsIn(call));

/** An action on a key, which the key's own policy has to allow. */
const onKey = (
  run: (key: Key, call: JsonCall) => Fields,
  member = "KeyId",
): JsonOperation => ({
  resource: (call) => keyArn(call, member),
  context: (call) => ({
    ...requestTags(call),
    ...resourceTags(keyOf(call, member).tags),
  }),
  resourcePolicy: (call) => keyOf(call, member).policy,
  run: (call) => run(keyOf(call, member), call),
});

/** A change of a key, which may not wait for its end. */
const change = (
  make: (key: Key, call: JsonCall) => Partial<Key>,
): JsonOperation =>
  onKey((key, call) => {
    refuseChange(key);
    Object.assign(key, make(key, call));
    return {};
  });

/** KMS: keys for encryption, their policies and aliases. Nothing is encrypted with them. */
export const kms = jsonService("kms", {
  CreateKey: { context: requestTags, run: createKey },
  DescribeKey: onKey((key, call) => ({ KeyMetadata: metadata(call, key) })),
  GetKeyPolicy: onKey(({ policy }) => ({
    Policy: policy.text,
    PolicyName: "default",
  })),
  PutKeyPolicy: change((_key, { body }) => ({
    policy: parseResourceDocument(body.text("Policy")),
  })),
  UpdateKeyDescription: change((_key, { body }) => ({
    description: body.optionalText("Description") ?? "",
  })),
  GetKeyRotationStatus: onKey(({ rotates }) => ({
    KeyRotationEnabled: rotates,
  })),
  EnableKeyRotation: change(() => ({ rotates: true })),
  DisableKeyRotation: change(() => ({ rotates: false })),
  EnableKey: change(() => ({ state: "Enabled" })),
  DisableKey: change(() => ({ state: "Disabled" })),
  ScheduleKeyDeletion: onKey(scheduleDeletion),
  TagResource: change(({ tags }, call) => ({
    tags: withTags(tags, tagsIn(call)),
  })),
  UntagResource: change(({ tags }, { body }) => ({
    tags: withoutTags(tags, body.texts("TagKeys")),
  })),
  ListResourceTags: onKey(({ tags }) => ({
    Tags: tags.map(({ Key, Value }) => ({ TagKey: Key, TagValue: Value })),
    Truncated: false,
  })),
  // The decision is on the key; the alias's own permission is left out.
  CreateAlias: onKey(createAlias, "TargetKeyId"),
  UpdateAlias: onKey(updateAlias, "TargetKeyId"),
  DeleteAlias: {
    resource: aliasArn,
    run: (call) => {
      keptOf(call.account).aliases.delete(knownAlias(call));
    },
  },
  ListAliases: {
    run: (call) => ({
      Aliases: [...keptOf(call.account).aliases]
        .filter(([at]) => ofRegion(call, at))
        .map(([at, TargetKeyId]) => ({
          AliasArn: at,
          AliasName: at.split(":").at(-1),
          TargetKeyId,
        })),
      Truncated: false,
    }),
  },
  ListKeys: {
    run: (call) => ({
      Keys: [...keptOf(call.account).keys.values()]
        .filter((key) => ofRegion(call, key.arn))
        .map((key) => ({ KeyId: key.id, KeyArn: key.arn })),
      Truncated: false,
    }),
  },
});
