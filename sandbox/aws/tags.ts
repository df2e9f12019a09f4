import type { AwsError } from "./errors";
import type { Tag } from "./model";
import type { Call, ContextKeys } from "./operation";

/**
 * Refuses a key that AWS keeps to itself, in whatever case, in the words of the service's error.
 *
 * Source: IAM User Guide, "Tags for AWS Identity and Access Management resources".
 */
export function refuseReserved(
  tags: readonly Tag[],
  invalid: (message: string) => AwsError,
): void {
  if (tags.some(({ Key }) => Key.toLowerCase().startsWith("aws:")))
    throw invalid("Tag keys that start with 'aws:' are reserved for AWS.");
}

/** Refuses keys that IAM and STS take for one: they don't tell cases apart. */
export function refuseRepeated(
  tags: readonly Tag[],
  invalid: (message: string) => AwsError,
): void {
  const keys = new Set(tags.map(({ Key }) => Key.toLowerCase()));
  if (keys.size < tags.length) {
    throw invalid(
      "Duplicate tag keys found. Please note that Tag keys are case insensitive.",
    );
  }
}

/** The tags without those of these keys. */
export const withoutTags = (
  tags: readonly Tag[],
  keys: readonly string[],
): Tag[] => tags.filter(({ Key }) => !keys.includes(Key));

/** What a service says of tags that it does not take. */
export interface TagRefusals {
  readonly invalid: (message: string) => AwsError;
  readonly tooMany: (message: string) => AwsError;
}

const most = 50;

/**
 * The tags after others were added, or took the place of some. IAM has rules of its own, since there
 * keys that differ in their case are one.
 *
 * Source: Tagging AWS Resources User Guide, "Tag naming limits and requirements".
 */
export function withTags(
  tags: readonly Tag[],
  added: readonly Tag[],
  { invalid, tooMany }: TagRefusals,
): Tag[] {
  const keys = added.map(({ Key }) => Key);
  refuseReserved(added, invalid);
  if (new Set(keys).size < keys.length)
    throw invalid("A tag key is given twice.");
  const together = withoutTags(tags, keys).concat(added);
  if (together.length <= most) return together;
  throw tooMany(`A resource has ${most} tags at most.`);
}

/** Tags under others, which take the place of those whose key differs in its case at most. */
export function overlaidTags(
  tags: readonly Tag[],
  others: readonly Tag[],
): Tag[] {
  const taken = new Set(others.map(({ Key }) => Key.toLowerCase()));
  const left = tags.filter(({ Key }) => !taken.has(Key.toLowerCase()));
  return [...left, ...others];
}

/** Tags as condition keys, as `aws:RequestTag/team`. */
export const tagKeys = (prefix: string, tags: readonly Tag[]): ContextKeys =>
  Object.fromEntries(tags.map(({ Key, Value }) => [`${prefix}/${Key}`, Value]));

export const resourceTags = (tags: readonly Tag[] = []): ContextKeys =>
  tagKeys("aws:ResourceTag", tags);

/** The tags that a request brings. */
export const broughtTags = (tags: readonly Tag[]): ContextKeys =>
  tags.length === 0
    ? {}
    : {
        ...tagKeys("aws:RequestTag", tags),
        "aws:TagKeys": tags.map(({ Key }) => Key),
      };

/** The keys of those that it takes away. */
export function removedTags({ parameters }: Call): ContextKeys {
  const keys = parameters.list("TagKeys");
  return keys.length === 0 ? {} : { "aws:TagKeys": [...keys] };
}

export const requestTags = (call: Call): ContextKeys => ({
  ...broughtTags(call.parameters.tags()),
  ...removedTags(call),
});
