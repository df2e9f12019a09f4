import { defaultsOf } from "./check";
import { sameValue } from "./equality";
import { hasUnknown } from "./wire-values";
import type { Properties } from "./properties";
import type { ResourceType } from "./resource";

export interface Difference {
  readonly changed: readonly string[];
  /** Those of the changed inputs that take a new resource. */
  readonly replaces: readonly string[];
  readonly deleteBeforeReplace: boolean;
}

export const noDifference: Difference = {
  changed: [],
  replaces: [],
  deleteBeforeReplace: false,
};

/** What stands between the state and what the program asks for. */
export function diff(
  type: ResourceType,
  state: Properties,
  oldInputs: Properties,
  news: Properties,
): Difference {
  // What the program never mentioned is not its business.
  const changed = changedInputs(type, state, news).filter(
    (name) => news[name] !== undefined || name in oldInputs,
  );
  const replaces = changed.filter((name) => type.inputs[name]?.replaces);
  return {
    changed,
    replaces,
    deleteBeforeReplace:
      replaces.length > 0 && (type.deleteFirst ?? hasOwnName(type, news)),
  };
}

/** A name that the program chose can't be had twice; one that was made up is made up anew. */
const hasOwnName = (type: ResourceType, news: Properties): boolean =>
  type.inputs["name"]?.longest !== undefined &&
  news["name"] !== undefined &&
  !defaultsOf(news).includes("name");

/** The inputs that have to be brought from the state to what is asked for. */
export const changedInputs = (
  { inputs }: ResourceType,
  state: Properties,
  news: Properties,
): readonly string[] =>
  Object.entries(inputs)
    .filter(([name, { same = sameValue, computed, default: usual }]) => {
      // What the program takes away, AWS keeps.
      if (news[name] === undefined && computed) return false;
      if (hasUnknown(news[name])) return true;
      return !same(state[name] ?? usual, news[name]);
    })
    .map(([name]) => name);
