import { sameDocument } from "../equality";
import { fixedName, regionInput } from "../names";
import { uniqueName } from "../naming";
import { arn, document, oneOf, textUpTo } from "../problems";
import { optionalText, text } from "../properties";
import type { Input, ResourceType, Work } from "../resource";
import type { Body } from "../service-calls";
import { tagInputs } from "../tags";

/** The one bus of a region that the sandbox has. */
const defaultBusInput: Readonly<Record<"eventBusName", Input>> = {
  eventBusName: {
    default: "default",
    replaces: true,
    problem: oneOf("default"),
  },
};

const putRule = ({ events, parameters }: Work) => events("PutRule", parameters);

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

  create: putRule,

  find: ({ events, id }) => events("DescribeRule", { Name: id }),

  details: ({ events }, { Arn }: { readonly Arn: string }) =>
    events("ListTagsForResource", { ResourceARN: Arn }),

  update: putRule,

  tags: {
    set: ({ events, properties }, Tags) =>
      events("TagResource", { ResourceARN: properties["arn"], Tags }),
    remove: ({ events, properties }, TagKeys) =>
      events("UntagResource", { ResourceARN: properties["arn"], TagKeys }),
  },

  remove: ({ events, id }) => events("DeleteRule", { Name: id }),
};

interface Transformer {
  readonly inputPaths?: unknown;
  readonly inputTemplate?: unknown;
}

function putTarget({ events, parameters, properties }: Work, targetId: string) {
  const transformer = properties["inputTransformer"] as Transformer | undefined;
  return events("PutTargets", {
    Rule: text(properties, "rule"),
    Targets: [
      {
        ...(parameters as Body),
        Id: targetId,
        InputTransformer: transformer && {
          InputPathsMap: transformer.inputPaths,
          InputTemplate: transformer.inputTemplate,
        },
      },
    ],
  });
}

/** `aws:cloudwatch/eventTarget:EventTarget`: what a rule calls, and what it says there. */
export const eventTarget: ResourceType = {
  inputs: {
    ...regionInput,
    rule: { required: true, replaces: true },
    arn: { aws: "Arn", required: true, problem: arn },
    targetId: { computed: true, replaces: true },
    ...defaultBusInput,
    input: { aws: "Input" },
    inputPath: { aws: "InputPath" },
    inputTransformer: {
      aws: "InputTransformer",
      told: (live?: Body): Transformer | undefined =>
        live && {
          inputPaths: live["InputPathsMap"],
          inputTemplate: live["InputTemplate"],
        },
    },
    forceDestroy: { default: false },
  },
  fromId: (id) => {
    const [rule = "", targetId = ""] = id.split("/").slice(-2);
    return { rule, targetId };
  },

  create: async (work) => {
    const { properties } = work;
    const targetId =
      optionalText(properties, "targetId") ?? uniqueName("terraform-");
    await putTarget(work, targetId);
    return { id: `${text(properties, "rule")}-${targetId}`, targetId };
  },

  find: async ({ events, properties }) => {
    const { Targets } = await events("ListTargetsByRule", {
      Rule: text(properties, "rule"),
    });
    return (Targets as readonly Body[] | undefined)?.find(
      ({ Id }) => Id === properties["targetId"],
    );
  },

  update: (work) => putTarget(work, text(work.properties, "targetId")),

  remove: ({ events, properties }) =>
    events("RemoveTargets", {
      Rule: text(properties, "rule"),
      Ids: [text(properties, "targetId")],
    }),
};
