import { timestamp, type Properties } from "./properties";
import type { Input, ResourceType } from "./resource";
import { newTags } from "./tags";

/**
 * The properties that AWS's calls take, by AWS's names. An empty text and a zero are how a program
 * says none: AWS wants them left out.
 */
export function parametersOf(
  { inputs, tags }: ResourceType,
  properties: Properties,
): Properties {
  const named = Object.entries(inputs).flatMap(
    ([name, { aws, afterCreation }]) => {
      const value = properties[name];
      return aws === undefined || afterCreation || value === "" || value === 0
        ? []
        : [[aws, value] as const];
    },
  );
  return {
    ...Object.fromEntries(named),
    ...(tags ? { Tags: newTags(properties) } : {}),
  };
}

/** What AWS tells of a resource, by the names of its properties. */
export function propertiesOf(
  { inputs, outputs = {} }: ResourceType,
  live: Properties,
): Properties {
  const toldOutputs = Object.entries(outputs).map(
    ([name, aws]): [string, Input] => [name, aws === null ? {} : { aws }],
  );
  const found = [...Object.entries(inputs), ...toldOutputs].flatMap(
    ([name, { aws, told = plainly }]) => {
      if (aws !== undefined) return [[name, told(live[aws] as never)] as const];
      return name in live ? [[name, live[name]] as const] : [];
    },
  );
  return Object.fromEntries(found);
}

/** Times are told as the real provider writes them. */
const plainly = (value: unknown): unknown =>
  value instanceof Date ? timestamp(value) : value;
