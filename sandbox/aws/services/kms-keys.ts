import { accountOf } from "../arn";
import { callerArn } from "../context";
import { accessDenied, AwsError } from "../errors";
import type { StoredDocument, Tag } from "../model";
import type { Call } from "../operation";
import { perAccount } from "../per-account";

/** KMS has other names for the two parts of a tag. */
export const tagsIn = ({ parameters }: Call) =>
  parameters.tags("TagKey", "TagValue");

export interface Key {
  readonly id: string;
  readonly arn: string;
  readonly createdAt: Date;
  description: string;
  policy: StoredDocument;
  /** Days between two rotations. */
  rotation?: number;
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

export const keptOf = perAccount((): Kept => ({
  keys: new Map(),
  aliases: new Map(),
}));

export const arn = (
  { account, cloud, region }: Call,
  resource: string,
): string => `arn:${cloud.partition}:kms:${region}:${account.id}:${resource}`;

/** Ids come alone or as part of an ARN. */
const keyArn = (call: Call, member = "KeyId"): string => {
  const named = call.parameters.required(member);
  return named.startsWith("arn:") ? named : arn(call, `key/${named}`);
};

export const nameOfAlias = (at: string): string => at.split(":").at(-1) ?? at;

/**
 * Of another account's key nobody is told whether it is there. Source: what KMS answers, as its users
 * quote it (onnela-lab/beiwe-backend#363).
 */
function noKey(call: Call, at: string): AwsError {
  const { account, caller, cloud, operation = "" } = call;
  if (accountOf(at) === account.id)
    return new AwsError("NotFound", `Key '${at}' does not exist`);
  return accessDenied(
    `User: ${callerArn(cloud, caller)} is not authorized to perform: ${operation} on resource: ${at} because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access`,
  );
}

/** A key of the caller's own account, since AWS opens few operations to others. */
export function keyOf(call: Call, member = "KeyId"): Key {
  const at = keyArn(call, member);
  const key = keptOf(call.account).keys.get(at);
  if (key) return key;
  throw noKey(call, at);
}

/**
 * A key of any account, which its own policy may open to others. Source: AWS KMS API Reference, of each
 * operation, "Cross-account use".
 */
export function anybodysKey(call: Call): Key {
  const at = keyArn(call);
  const owner = call.cloud.accounts.get(accountOf(at));
  const key = owner && keptOf(owner).keys.get(at);
  if (key) return key;
  throw noKey(call, at);
}

export const aliasIn = ({ parameters }: Call): string | undefined =>
  /(?:^|:)(alias\/.*)/.exec(parameters.required("KeyId"))?.[1];

export const targetKey = (call: Call): Key => keyOf(call, "TargetKeyId");

/** As `anybodysKey`, where a request may call a key by an alias of it. */
export function describedKey(call: Call): Key {
  if (aliasIn(call) === undefined) return anybodysKey(call);
  const named = call.parameters.required("KeyId");
  const at = named.startsWith("arn:") ? named : arn(call, named);
  const owner = call.cloud.accounts.get(accountOf(at));
  const kept = owner && keptOf(owner);
  const id = kept?.aliases.get(at);
  const key = kept?.keys.get(at.replace(/:alias\/.*/, `:key/${id ?? ""}`));
  if (key) return key;
  if (accountOf(at) !== call.account.id) throw noKey(call, at);
  throw new AwsError("NotFound", `Alias ${at} is not found.`);
}

/** What is the same of every key here; AWS lets a new one be otherwise. */
export const kind = {
  KeySpec: "SYMMETRIC_DEFAULT",
  KeyUsage: "ENCRYPT_DECRYPT",
  Origin: "AWS_KMS",
  MultiRegion: false,
};
