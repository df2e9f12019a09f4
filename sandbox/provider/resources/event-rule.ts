import { sameDocument } from "../equality";
import { unlessMissing } from "../errors";
import { fixedName } from "../names";
import { document, oneOf, textUpTo } from "../problems";
import { events, regionInput, regionOf } from "../region";
import { optionalText, text, type Properties } from "../properties";
import type { ConnectedAccount } from "../account";
import type { ResourceType } from "../resource";
import { readTags, tagInputs, tagsOf, toAwsTags, updateTags } from "../tags";

const put = (
  account: ConnectedAccount,
  name: string,
  properties: Properties,
  tags: Properties = {},
) =>
  events(account, properties)("PutRule", {
    Name: name,
    Description: optionalText(properties, "description"),
    EventPattern: optionalText(properties, "eventPattern"),
    State: optionalText(properties, "state"),
    ...tags,
  });

/** `aws:cloudwatch/eventRule:EventRule`, on the default bus, by a pattern. */
export const eventRule: ResourceType = {
  inputs: {
    ...fixedName(64),
    ...regionInput,
    description: { problem: textUpTo(512) },
    eventBusName: {
      default: "default",
      replaces: true,
      problem: oneOf("default"),
    },
    eventPattern: { required: true, same: sameDocument, problem: document },
    state: {
      computed: true,
      problem: oneOf(
        "ENABLED",
        "DISABLED",
        "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS",
      ),
    },
    forceDestroy: { default: false },
    ...tagInputs,
  },
  outputs: ["arn"],
  longestName: 64,
  fromId: (name) => ({ name }),

  create: async (account, inputs) => {
    const name = text(inputs, "name");
    const Tags = toAwsTags(tagsOf(inputs, "tagsAll"));
    await put(account, name, inputs, { Tags });
    return { id: name };
  },

  read: async (account, id, state) => {
    const region = regionOf(account, state);
    const live = await unlessMissing(
      events(account, state)("DescribeRule", { Name: id }),
    );
    if (!live) return undefined;
    const { Tags } = await events(account, state)("ListTagsForResource", {
      ResourceARN: live["Arn"],
    });
    return {
      name: live["Name"],
      arn: live["Arn"],
      region,
      description: live["Description"],
      eventBusName: live["EventBusName"],
      eventPattern: live["EventPattern"],
      state: live["State"],
      ...readTags(account, state, Tags as ReturnType<typeof toAwsTags>),
    };
  },

  update: async (account, id, olds, news) => {
    const ResourceARN = text(olds, "arn");
    await put(account, id, news);
    await updateTags(olds, news, {
      tag: (Tags) =>
        events(account, news)("TagResource", { ResourceARN, Tags }),
      untag: (TagKeys) =>
        events(account, news)("UntagResource", { ResourceARN, TagKeys }),
    });
  },

  remove: async (account, id, state) => {
    await events(account, state)("DeleteRule", { Name: id });
  },
};
