import { sameDocument } from "../equality";
import { unlessMissing } from "../errors";
import { fixedName } from "../names";
import { document, oneOf, textUpTo } from "../problems";
import { regionInput, regionOf } from "../region";
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
  account.services.json("events", regionOf(account, properties), "PutRule", {
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
    const { services } = account;
    const live = await unlessMissing(
      services.json("events", region, "DescribeRule", { Name: id }),
    );
    if (!live) return undefined;
    const { Tags } = await services.json(
      "events",
      region,
      "ListTagsForResource",
      { ResourceARN: live["Arn"] },
    );
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
    const region = regionOf(account, news);
    const ResourceARN = text(olds, "arn");
    await put(account, id, news);
    await updateTags(olds, news, {
      tag: (Tags) =>
        account.services.json("events", region, "TagResource", {
          ResourceARN,
          Tags,
        }),
      untag: (TagKeys) =>
        account.services.json("events", region, "UntagResource", {
          ResourceARN,
          TagKeys,
        }),
    });
  },

  remove: async (account, id, state) => {
    await account.services.json(
      "events",
      regionOf(account, state),
      "DeleteRule",
      { Name: id },
    );
  },
};
