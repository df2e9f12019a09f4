import type { Tag } from "../model";
import type { Call, Operation, Operations } from "../operation";
import { list, tagList } from "../parameters";
import { requestTags } from "./condition-keys";
import { describeTag } from "./descriptions";
import { invalidInput, limitExceeded, validationError } from "./errors";
import { listPage } from "./paging";
import { quotas } from "./quotas";

interface Tagged {
  tags: Tag[];
}

/** Letters, digits and spaces of every script, and these signs. */
const text = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/**
 * The tags of a request. Source: AWS documentation, "Tags for IAM resources".
 *
 * @throws AwsError InvalidInput, ValidationError, LimitExceeded.
 */
export function tagsIn({ parameters }: Call): Tag[] {
  const tags = tagList(parameters);
  for (const { key, value } of tags) checkTag(key, value);
  const keys = new Set(tags.map(({ key }) => key.toLowerCase()));
  if (keys.size < tags.length) {
    throw invalidInput(
      "Duplicate tag keys found. Please note that Tag keys are case insensitive.",
    );
  }
  if (tags.length > quotas.tags)
    throw limitExceeded("TagsPerResource", quotas.tags);
  return tags;
}

function checkTag(key: string, value: string): void {
  const wrong =
    key.length < 1 || key.length > 128 || !text.test(key)
      ? "key"
      : value.length > 256 || !text.test(value)
        ? "value"
        : undefined;
  if (wrong) {
    throw validationError(
      `1 validation error detected: Value '${wrong === "key" ? key : value}' at 'tags.1.member.${wrong}' failed to satisfy constraint: ` +
        `Member must have length less than or equal to ${wrong === "key" ? 128 : 256}, and satisfy regular expression pattern: ${text.source}`,
    );
  }
  if (key.toLowerCase().startsWith("aws:")) {
    throw invalidInput("Tag keys that start with 'aws:' are reserved for AWS.");
  }
}

function tag(call: Call, resource: Tagged): Record<string, never> {
  const added = tagsIn(call);
  const again = new Set(added.map(({ key }) => key.toLowerCase()));
  const kept = resource.tags.filter(({ key }) => !again.has(key.toLowerCase()));
  if (kept.length + added.length > quotas.tags)
    throw limitExceeded("TagsPerResource", quotas.tags);
  resource.tags = [...kept, ...added];
  return {};
}

/** Tags of one kind of resource: tag, untag, list. `keys`: what IAM tells of the resource. */
export function tagOperations(
  kind: string,
  resource: (call: Call) => string,
  keys: NonNullable<Operation["context"]>,
  find: (call: Call) => Tagged,
): Operations {
  const on = (
    action: string,
    context: NonNullable<Operation["context"]>,
    run: Operation["run"],
  ): readonly [string, Operation] => [
    action,
    {
      action: `iam:${action}`,
      resource,
      context: (call) => ({ ...keys(call), ...context(call) }),
      run,
    },
  ];
  return Object.fromEntries([
    on(`Tag${kind}`, requestTags, (call) => tag(call, find(call))),
    on(
      `Untag${kind}`,
      ({ parameters }) => ({ "aws:TagKeys": [...list(parameters, "TagKeys")] }),
      (call) => {
        const resource = find(call);
        const removed = list(call.parameters, "TagKeys").map((key) =>
          key.toLowerCase(),
        );
        resource.tags = resource.tags.filter(
          ({ key }) => !removed.includes(key.toLowerCase()),
        );
        return {};
      },
    ),
    on(
      `List${kind}Tags`,
      () => ({}),
      (call) => {
        return listPage(
          call,
          "Tags",
          find(call).tags,
          ({ key }) => key,
          describeTag,
        );
      },
    ),
  ]);
}
