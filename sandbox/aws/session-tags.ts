import { AwsError } from "./errors";
import type { RoleSessionOrigin, Tag } from "./model";
import type { ContextKeys } from "./operation";
import {
  broughtTags,
  overlaidTags,
  refuseRepeated,
  refuseReserved,
} from "./tags";

/** The tags of a session, and which of them the next session in a chain gets. */
export interface SessionTags {
  readonly tags: readonly Tag[];
  readonly transitiveTagKeys: readonly string[];
}

export const noTags: SessionTags = { tags: [], transitiveTagKeys: [] };

const invalid = (message: string): AwsError =>
  new AwsError("InvalidParameterValue", message);

const holds = (keys: readonly string[], key: string): boolean =>
  keys.some((one) => one.toLowerCase() === key.toLowerCase());

const keysOf = (tags: readonly Tag[]): readonly string[] =>
  tags.map(({ Key }) => Key);

/**
 * Checks what a call brings against itself, and against what its session inherits.
 *
 * Source: AWS documentation, "Pass session tags in AWS STS".
 *
 * @throws AwsError InvalidParameterValue.
 */
export function checkTags(brought: SessionTags, inherited: SessionTags): void {
  const keys = keysOf(brought.tags);
  refuseReserved(brought.tags, invalid);
  refuseRepeated(brought.tags, invalid);
  const missing = brought.transitiveTagKeys.find((key) => !holds(keys, key));
  if (missing !== undefined) {
    throw invalid(
      `The specified transitive tag key must be included in the requested tags: ${missing}`,
    );
  }
  if (keys.some((key) => holds(keysOf(inherited.tags), key))) {
    throw invalid(
      "One of the specified tag keys can't be set because it conflicts with a transitive tag key from the calling session.",
    );
  }
}

/** What a session hands on to the next. */
export function inheritedTags(
  caller: RoleSessionOrigin | undefined,
): SessionTags {
  if (!caller) return noTags;
  const { transitiveTagKeys } = caller;
  const tags = caller.tags.filter(({ Key }) => holds(transitiveTagKeys, Key));
  return { tags, transitiveTagKeys };
}

/** What a session has that inherits the one, and is opened with the other. */
export const joinedTags = (
  inherited: SessionTags,
  brought: SessionTags,
): SessionTags => ({
  tags: overlaidTags(inherited.tags, brought.tags),
  transitiveTagKeys: [
    ...inherited.transitiveTagKeys,
    ...brought.transitiveTagKeys,
  ],
});

/** What a call brings, as condition keys. */
export const tagsContext = ({
  tags,
  transitiveTagKeys,
}: SessionTags): ContextKeys => ({
  ...broughtTags(tags),
  ...(transitiveTagKeys.length > 0
    ? { "sts:TransitiveTagKeys": [...transitiveTagKeys] }
    : {}),
});
