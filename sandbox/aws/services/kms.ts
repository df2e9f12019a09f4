import { randomUUID } from "node:crypto";
import { rootArn } from "../arn";
import { parseResourceDocument } from "../documents";
import type { StoredDocument } from "../model";
import { AwsError, type Call } from "../operation";
import { perAccount } from "../per-account";
import {
  jsonService,
  jsonTags,
  optionalTextIn,
  textIn,
  type Body,
  type JsonOperation,
} from "./json";

const tags = jsonTags("TagKey", "TagValue");

interface Key {
  readonly id: string;
  readonly arn: string;
  readonly createdAt: Date;
  description: string;
  policy: StoredDocument;
  rotates: boolean;
  state: "Enabled" | "Disabled" | "PendingDeletion";
  deletedAt?: Date;
  tags: ReturnType<typeof tags.brought>;
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
const keyArn = (call: Call, body: Body, member = "KeyId"): string => {
  const named = textIn(body, member);
  return named.startsWith("arn:") ? named : arn(call, `key/${named}`);
};

function keyOf(call: Call, body: Body, member = "KeyId"): Key {
  const at = keyArn(call, body, member);
  const key = keptOf(call.account).keys.get(at);
  if (key) return key;
  throw new AwsError("NotFound", `Key '${at}' does not exist`);
}

function changeable(call: Call, body: Body): Key {
  const key = keyOf(call, body);
  if (key.state !== "PendingDeletion") return key;
  throw new AwsError("KMSInvalidState", `${key.arn} is pending deletion.`);
}

function parsePolicy(text: string): StoredDocument {
  try {
    return parseResourceDocument(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new AwsError("MalformedPolicyDocument", why);
  }
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

function createKey(call: Call, body: Body): Body {
  const id = randomUUID();
  const key: Key = {
    id,
    arn: arn(call, `key/${id}`),
    createdAt: call.cloud.now(),
    description: optionalTextIn(body, "Description") ?? "",
    policy: parsePolicy(optionalTextIn(body, "Policy") ?? defaultPolicy(call)),
    rotates: false,
    state: "Enabled",
    tags: tags.brought(body),
  };
  keptOf(call.account).keys.set(key.arn, key);
  return { KeyMetadata: metadata(call, key) };
}

const metadata = (call: Call, key: Key): Body => ({
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

function scheduleDeletion(call: Call, body: Body): Body {
  const key = changeable(call, body);
  const days = body["PendingWindowInDays"] ?? 30;
  if (typeof days !== "number" || days < 7 || days > 30) {
    throw new AwsError("Validation", "PendingWindowInDays: from 7 to 30");
  }
  key.state = "PendingDeletion";
  key.deletedAt = new Date(call.cloud.now().getTime() + days * 86_400_000);
  return { KeyId: key.arn, KeyState: key.state };
}

const aliasArn = (call: Call, body: Body): string =>
  arn(call, textIn(body, "AliasName"));

function createAlias(call: Call, body: Body): Body {
  const { aliases } = keptOf(call.account);
  const at = aliasArn(call, body);
  if (!/:alias\/(?!aws\/)[\w/-]{1,250}$/.test(at)) {
    throw new AwsError("InvalidAliasName", `${at} is no name of an alias`);
  }
  if (aliases.has(at)) {
    throw new AwsError(
      "AlreadyExists",
      `An alias with the name ${at} already exists`,
    );
  }
  aliases.set(at, keyOf(call, body, "TargetKeyId").id);
  return {};
}

function updateAlias(call: Call, body: Body): Body {
  const at = knownAlias(call, body);
  keptOf(call.account).aliases.set(at, keyOf(call, body, "TargetKeyId").id);
  return {};
}

function knownAlias(call: Call, body: Body): string {
  const at = aliasArn(call, body);
  if (keptOf(call.account).aliases.has(at)) return at;
  throw new AwsError("NotFound", `Alias ${at} is not found.`);
}

/** Aliases and keys of the region that the request is for. */
const ofRegion = (call: Call, at: string): boolean =>
  at.startsWith(arn(call, ""));

const requestTags = (body: Body) =>
  tags.keys("aws:RequestTag", tags.brought(body));

/** An action on a key, which the key's own policy has to allow. */
const onKey = (run: JsonOperation["run"], member = "KeyId"): JsonOperation => ({
  resource: (call, body) => keyArn(call, body, member),
  context: (call, body) => ({
    ...requestTags(body),
    ...tags.keys("aws:ResourceTag", keyOf(call, body, member).tags),
  }),
  resourcePolicy: (call, body) => keyOf(call, body, member).policy,
  run,
});

const change = (make: (key: Key, body: Body) => void): JsonOperation =>
  onKey((call, body) => {
    make(changeable(call, body), body);
    return {};
  });

/** KMS: keys for encryption, their policies and aliases. Nothing is encrypted with them. */
export const kms = jsonService("kms", {
  CreateKey: { context: (_call, body) => requestTags(body), run: createKey },
  DescribeKey: onKey((call, body) => ({
    KeyMetadata: metadata(call, keyOf(call, body)),
  })),
  GetKeyPolicy: onKey((call, body) => ({
    Policy: keyOf(call, body).policy.text,
    PolicyName: "default",
  })),
  PutKeyPolicy: change((key, body) => {
    key.policy = parsePolicy(textIn(body, "Policy"));
  }),
  UpdateKeyDescription: change((key, body) => {
    key.description = optionalTextIn(body, "Description") ?? "";
  }),
  GetKeyRotationStatus: onKey((call, body) => ({
    KeyRotationEnabled: keyOf(call, body).rotates,
  })),
  EnableKeyRotation: change((key) => {
    key.rotates = true;
  }),
  DisableKeyRotation: change((key) => {
    key.rotates = false;
  }),
  EnableKey: change((key) => {
    key.state = "Enabled";
  }),
  DisableKey: change((key) => {
    key.state = "Disabled";
  }),
  ScheduleKeyDeletion: onKey(scheduleDeletion),
  TagResource: change((key, body) => {
    key.tags = tags.added(key.tags, body);
  }),
  UntagResource: change((key, body) => {
    key.tags = tags.removed(key.tags, body);
  }),
  ListResourceTags: onKey((call, body) => ({
    Tags: keyOf(call, body).tags,
    Truncated: false,
  })),
  // The decision is on the key; the alias's own permission is left out.
  CreateAlias: onKey(createAlias, "TargetKeyId"),
  UpdateAlias: onKey(updateAlias, "TargetKeyId"),
  DeleteAlias: {
    resource: aliasArn,
    run: (call, body) => {
      keptOf(call.account).aliases.delete(knownAlias(call, body));
      return {};
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
