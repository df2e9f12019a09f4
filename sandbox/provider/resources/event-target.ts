import type { Clients } from "../account";
import { regionInput } from "../names";
import { uniqueName } from "../naming";
import { arn } from "../problems";
import { optionalText, text, type Properties } from "../properties";
import type { ResourceType } from "../resource";
import type { Body } from "../service-calls";
import { defaultBusInput } from "./event-rule";

interface Transformer {
  readonly inputPaths?: Readonly<Record<string, string>>;
  readonly inputTemplate?: string;
}

function put({ events }: Clients, inputs: Properties): Promise<Body> {
  const transformer = inputs["inputTransformer"] as Transformer | undefined;
  return events("PutTargets", {
    Rule: text(inputs, "rule"),
    Targets: [
      {
        Id: text(inputs, "targetId"),
        Arn: text(inputs, "arn"),
        Input: optionalText(inputs, "input"),
        InputPath: optionalText(inputs, "inputPath"),
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
    arn: { required: true, problem: arn },
    targetId: { computed: true, replaces: true },
    ...defaultBusInput,
    input: {},
    inputPath: {},
    inputTransformer: {},
    forceDestroy: { default: false },
  },
  fromId: (id) => {
    const [rule = "", targetId = ""] = id.split("/").slice(-2);
    return { rule, targetId };
  },

  create: async (clients, inputs) => {
    const targetId =
      optionalText(inputs, "targetId") ?? uniqueName("terraform-");
    await put(clients, { ...inputs, targetId });
    return { id: `${text(inputs, "rule")}-${targetId}`, outputs: { targetId } };
  },

  read: async ({ events }, _id, state) => {
    const { Targets } = await events("ListTargetsByRule", {
      Rule: text(state, "rule"),
    });
    const live = (Targets as readonly Body[] | undefined)?.find(
      ({ Id }) => Id === state["targetId"],
    );
    const transformer = live?.["InputTransformer"] as Body | undefined;
    return (
      live && {
        arn: live["Arn"],
        input: live["Input"],
        inputPath: live["InputPath"],
        inputTransformer: transformer && {
          inputPaths: transformer["InputPathsMap"],
          inputTemplate: transformer["InputTemplate"],
        },
      }
    );
  },

  update: (clients, _id, news, { targetId }) =>
    put(clients, { targetId, ...news }),

  remove: ({ events }, _id, state) =>
    events("RemoveTargets", {
      Rule: text(state, "rule"),
      Ids: [text(state, "targetId")],
    }),
};
