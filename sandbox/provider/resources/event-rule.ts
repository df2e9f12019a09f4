import { sameDocument } from "../equality";
import { fixedName, regionInput } from "../names";
import { document, oneOf, textUpTo } from "../problems";
import type { Input, ResourceType, Work } from "../resource";
import { tagInputs } from "../tags";

/** The one bus of a region that the sandbox has. */
export const defaultBusInput: Readonly<Record<"eventBusName", Input>> = {
  eventBusName: {
    default: "default",
    replaces: true,
    problem: oneOf("default"),
  },
};

const put = ({ events, parameters }: Work) => events("PutRule", parameters);

/** `aws:cloudwatch/eventRule:EventRule`, on the default bus, by a pattern. */
export const eventRule: ResourceType = {
  inputs: {
    ...fixedName(64, "Name"),
    ...regionInput,
    description: { aws: "Description", problem: textUpTo(512) },
    ...defaultBusInput,
    eventPattern: {
      aws: "EventPattern",
      required: true,
      same: sameDocument,
      problem: document,
    },
    state: {
      aws: "State",
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
  outputs: { arn: "Arn" },
  id: "name",

  create: put,

  find: ({ events, id }) => events("DescribeRule", { Name: id }),

  details: ({ events }, { Arn }: { readonly Arn: string }) =>
    events("ListTagsForResource", { ResourceARN: Arn }),

  update: put,

  tags: {
    set: ({ events, properties }, Tags) =>
      events("TagResource", { ResourceARN: properties["arn"], Tags }),
    remove: ({ events, properties }, TagKeys) =>
      events("UntagResource", { ResourceARN: properties["arn"], TagKeys }),
  },

  remove: ({ events, id }) => events("DeleteRule", { Name: id }),
};
