import { unlessMissing } from "../errors";
import { arn, oneOf } from "../problems";
import { events, regionInput, regionOf } from "../region";
import { optionalText, text, type Properties } from "../properties";
import type { ConnectedAccount } from "../account";
import type { ResourceType } from "../resource";
import { uniqueName } from "../naming";
import type { Body } from "../service-calls";

interface Transformer {
  readonly inputPaths?: Readonly<Record<string, string>>;
  readonly inputTemplate?: string;
}

async function put(
  account: ConnectedAccount,
  id: string,
  properties: Properties,
): Promise<void> {
  const transformer = properties["inputTransformer"] as Transformer | undefined;
  await events(account, properties)("PutTargets", {
    Rule: text(properties, "rule"),
    Targets: [
      {
        Id: id,
        Arn: text(properties, "arn"),
        Input: optionalText(properties, "input"),
        InputPath: optionalText(properties, "inputPath"),
        ...(transformer === undefined
          ? {}
          : {
              InputTransformer: {
                InputPathsMap: transformer.inputPaths,
                InputTemplate: transformer.inputTemplate,
              },
            }),
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
    eventBusName: {
      default: "default",
      replaces: true,
      problem: oneOf("default"),
    },
    input: {},
    inputPath: {},
    inputTransformer: {},
    forceDestroy: { default: false },
  },
  outputs: [],
  fromId: (id) => {
    const [rule = "", targetId = ""] = id.split("/").slice(-2);
    return { rule, targetId };
  },

  create: async (account, inputs) => {
    const id = optionalText(inputs, "targetId") ?? uniqueName("terraform-");
    await put(account, id, inputs);
    return {
      id: `${text(inputs, "rule")}-${id}`,
      once: { targetId: id },
    };
  },

  read: async (account, _id, state) => {
    const region = regionOf(account, state);
    const rule = text(state, "rule");
    const targetId = text(state, "targetId");
    const live = await unlessMissing(
      events(account, state)("ListTargetsByRule", { Rule: rule }),
    );
    const targets = (live?.["Targets"] ?? []) as readonly Body[];
    const target = targets.find(({ Id }) => Id === targetId);
    if (!target) return undefined;
    const transformer = target["InputTransformer"] as Body | undefined;
    return {
      rule,
      targetId,
      region,
      arn: target["Arn"],
      input: target["Input"],
      inputPath: target["InputPath"],
      inputTransformer: transformer && {
        inputPaths: transformer["InputPathsMap"],
        inputTemplate: transformer["InputTemplate"],
      },
    };
  },

  update: async (account, _id, _olds, news) => {
    await put(account, text(news, "targetId"), news);
  },

  remove: async (account, _id, state) => {
    await events(account, state)("RemoveTargets", {
      Rule: text(state, "rule"),
      Ids: [text(state, "targetId")],
    });
  },
};
