import { hasUnknown } from "./wire-values";
import { autoName, type Naming } from "./naming";
import type { Input, ResourceType } from "./resource";
import type { Properties } from "./properties";
import { tagsAll } from "./tags";
import type { TagRules } from "./account";

/** Where the real provider, too, notes which inputs it filled in itself. */
export const defaultsKey = "__defaults";

export const defaultsOf = (inputs: Properties): readonly unknown[] => {
  const names = inputs[defaultsKey];
  return Array.isArray(names) ? names : [];
};

export interface Checked {
  readonly inputs: Properties;
  readonly failures: readonly {
    readonly property: string;
    readonly reason: string;
  }[];
}

/** Fills in what the program left out, and tells everything that is wrong. */
export function check(
  type: ResourceType,
  urn: string,
  olds: Properties,
  news: Properties,
  {
    tagRules,
    naming,
  }: { readonly tagRules: TagRules; readonly naming: Naming },
): Checked {
  const filledIn = {
    ...defaultValues(type, news),
    ...madeUpName(type, urn, olds, news, naming),
  };
  const inputs: Properties = {
    ...filledIn,
    ...given(type, news),
    ...("tagsAll" in type.inputs
      ? { tagsAll: tagsAll(tagRules, news["tags"]) }
      : {}),
    [defaultsKey]: Object.keys(filledIn).sort(),
  };
  const failures = Object.entries(type.inputs).flatMap(([property, input]) => {
    const problem = problemOf(input, inputs[property]);
    return problem === undefined
      ? []
      : [{ property, reason: `"${property}" ${problem}` }];
  });
  return { inputs, failures };
}

const given = ({ inputs }: ResourceType, news: Properties): Properties =>
  Object.fromEntries(
    Object.entries(news)
      .filter(([name, value]) => name !== defaultsKey && !isLeftOut(value))
      .map(([name, value]) => [name, inputs[name]?.kept?.(value) ?? value]),
  );

export const defaultValues = (
  type: ResourceType,
  news: Properties,
): Properties =>
  Object.fromEntries(
    Object.entries(type.inputs)
      .filter(
        ([name, one]) => one.default !== undefined && isLeftOut(news[name]),
      )
      .map(([name, one]) => [name, one.default]),
  );

/** A name that was made up before stays; one that the program takes back does not. */
function madeUpName(
  { inputs }: ResourceType,
  urn: string,
  olds: Properties,
  news: Properties,
  naming: Naming,
): Properties {
  const longest = inputs["name"]?.longest;
  if (longest === undefined) return {};
  if (!isLeftOut(news["name"]) || !isLeftOut(news["namePrefix"])) return {};
  const before = defaultsOf(olds).includes("name") ? olds["name"] : undefined;
  const name = before ?? autoName(urn, longest, naming);
  return name === undefined ? {} : { name };
}

const isLeftOut = (value: unknown): boolean =>
  value === undefined || value === null;

function problemOf(input: Input, value: unknown): string | undefined {
  if (isLeftOut(value)) {
    return input.required ? "is required, and missing" : undefined;
  }
  return hasUnknown(value) ? undefined : input.problem?.(value);
}
