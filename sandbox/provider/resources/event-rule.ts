import type { Clients } from "../account";
import { sameDocument } from "../equality";
import { fixedName, regionInput } from "../names";
import { document, oneOf, textUpTo } from "../problems";
import { optionalText, text, type Properties } from "../properties";
import type { Input, ResourceType } from "../resource";
import { newTags, tagInputs } from "../tags";

const put = ({ events }: Clients, inputs: Properties, tags: Properties = {}) =>
  events("PutRule", {
    Name: text(inputs, "name"),
    Description: optionalText(inputs, "description"),
    EventPattern: optionalText(inputs, "eventPattern"),
    State: optionalText(inputs, "state"),
    ...tags,
  });

/** The one bus of a region that the sandbox has. */
export const defaultBusInput: Readonly<Record<"eventBusName", Input>> = {
  eventBusName: {
    default: "default",
    replaces: true,
    problem: oneOf("default"),
  },
};

/** `aws:cloudwatch/eventRule:EventRule`, on the default bus, by a pattern. */
export const eventRule: ResourceType = {
  inputs: {
    ...fixedName(64),
    ...regionInput,
    description: { problem: textUpTo(512) },
    ...defaultBusInput,
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
  fromId: (name) => ({ name }),

  create: async (clients, inputs) => {
    await put(clients, inputs, { Tags: newTags(inputs) });
    return text(inputs, "name");
  },

  read: async ({ events }, id) => {
    const live = await events("DescribeRule", { Name: id });
    const { Tags } = await events("ListTagsForResource", {
      ResourceARN: live["Arn"],
    });
    return {
      arn: live["Arn"],
      description: live["Description"],
      eventBusName: live["EventBusName"],
      eventPattern: live["EventPattern"],
      state: live["State"],
      tags: Tags,
    };
  },

  update: (clients, _id, news) => put(clients, news),

  tags: {
    set: ({ events }, _id, Tags, { arn }) =>
      events("TagResource", { ResourceARN: arn, Tags }),
    remove: ({ events }, _id, TagKeys, { arn }) =>
      events("UntagResource", { ResourceARN: arn, TagKeys }),
  },

  remove: ({ events }, id) => events("DeleteRule", { Name: id }),
};
