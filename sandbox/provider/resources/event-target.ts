import { regionInput } from "../names";
import { uniqueName } from "../naming";
import { arn } from "../problems";
import { optionalText, text } from "../properties";
import type { ResourceType, Work } from "../resource";
import type { Body } from "../service-calls";
import { defaultBusInput } from "./event-rule";

interface Transformer {
  readonly inputPaths?: unknown;
  readonly inputTemplate?: unknown;
}

function put({ events, parameters, properties }: Work, targetId: string) {
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
    await put(work, targetId);
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

  update: (work) => put(work, text(work.properties, "targetId")),

  remove: ({ events, properties }) =>
    events("RemoveTargets", {
      Rule: text(properties, "rule"),
      Ids: [text(properties, "targetId")],
    }),
};
