import type { Tag } from "../model";
import type { Call, Operation, Operations } from "../operation";
import { list, tagList } from "../parameters";
import { describeTags } from "./entities";
import { limitExceeded } from "./errors";
import { pageOf } from "./paging";

interface Tagged {
  tags: Tag[];
}

/** IAM's quota of tags on one resource. */
const mostTags = 50;

/** Tags of one kind of resource: tag, untag, list. */
export function tagOperations(
  kind: string,
  resource: (call: Call) => string,
  find: (call: Call) => Tagged,
): Operations {
  const on = (verb: string, run: Operation["run"]): Operation => ({
    action: `iam:${verb}`,
    resource,
    context: ({ parameters }) => requestTags(tagList(parameters)),
    run,
  });
  return {
    [`Tag${kind}`]: on(`Tag${kind}`, (call) => {
      const holder = find(call);
      const added = tagList(call.parameters);
      const kept = holder.tags.filter(
        ({ key }) => !added.some((one) => one.key === key),
      );
      if (kept.length + added.length > mostTags)
        throw limitExceeded("TagsPerResource", mostTags);
      holder.tags = [...kept, ...added];
      return {};
    }),
    [`Untag${kind}`]: on(`Untag${kind}`, (call) => {
      const holder = find(call);
      const removed = list(call.parameters, "TagKeys");
      holder.tags = holder.tags.filter(({ key }) => !removed.includes(key));
      return {};
    }),
    [`List${kind}Tags`]: on(`List${kind}Tags`, (call) => {
      const { items, trailer } = pageOf(call.parameters, find(call).tags);
      return { Tags: describeTags(items), ...trailer };
    }),
  };
}

/** The condition keys of a request that brings tags. */
export const requestTags = (
  tags: readonly Tag[],
): Record<string, string | string[]> =>
  tags.length === 0
    ? {}
    : {
        ...Object.fromEntries(
          tags.map(({ key, value }) => [`aws:RequestTag/${key}`, value]),
        ),
        "aws:TagKeys": tags.map(({ key }) => key),
      };
