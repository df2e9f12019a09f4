import { invalidInput, limitExceeded } from "../errors";
import type { Tag } from "../model";
import type { Call, Operations } from "../operation";
import type { OnThing } from "./actions";
import {
  refuseRepeated,
  refuseReserved,
  removedTags,
  requestTags,
} from "../tags";
import { listPage } from "./paging";
import { quotas } from "./quotas";

interface Tagged {
  tags: Tag[];
}

/**
 * The tags of a request. Source: AWS documentation, "Tags for IAM resources".
 *
 * @throws AwsError InvalidInput, LimitExceeded.
 */
export function tagsIn({ parameters }: Call): Tag[] {
  const tags = parameters.tags();
  refuseReserved(tags, invalidInput);
  refuseRepeated(tags, invalidInput);
  return withinQuota(tags);
}

function withinQuota(tags: Tag[]): Tag[] {
  if (tags.length <= quotas.tags) return tags;
  throw limitExceeded("TagsPerResource", quotas.tags);
}

const without = (tags: readonly Tag[], keys: readonly string[]): Tag[] => {
  const gone = new Set(keys.map((key) => key.toLowerCase()));
  return tags.filter(({ Key }) => !gone.has(Key.toLowerCase()));
};

/** Tags of one kind of resource: tag, untag, list. */
export const tagOperations = (
  kind: string,
  onResource: OnThing<Tagged>,
): Operations => ({
  [`Tag${kind}`]: onResource((resource, call) => {
    const added = tagsIn(call);
    const kept = without(
      resource.tags,
      added.map(({ Key }) => Key),
    );
    resource.tags = withinQuota([...kept, ...added]);
  }, requestTags),
  [`Untag${kind}`]: onResource((resource, call) => {
    const removed = call.parameters.list("TagKeys");
    resource.tags = without(resource.tags, removed);
  }, removedTags),
  [`List${kind}Tags`]: onResource(({ tags }, call) =>
    listPage(
      call,
      "Tags",
      tags.map((tag) => [tag.Key, tag]),
    ),
  ),
});
