import { defaultsOf } from "./check";
import { sameValue } from "./equality";
import { hasUnknown } from "./marks";
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
  const changed = Object.entries(type.inputs)
    .filter(([name, { same = sameValue, computed, default: usual }]) => {
      // Taken away by the program, or never mentioned: the same for what AWS then keeps.
      if (news[name] === undefined && (computed || !(name in oldInputs))) {
        return false;
      }
      if (hasUnknown(news[name])) return true;
      return !same(state[name] ?? usual, news[name]);
    })
    .map(([name]) => name);
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
  type.longestName !== undefined &&
  news["name"] !== undefined &&
  !defaultsOf(news).includes("name");
