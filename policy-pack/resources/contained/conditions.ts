import { isPlainObject, type Properties } from "../plain-object";
import { isUnknown, Unread, unknownIn, type Unknown } from "../unknown";

/**
 * Whether a condition of a template holds; an `Unknown` where nobody here can say.
 *
 * @param conditions those that the template names
 * @throws {RangeError} where conditions name each other
 */
export function holds(
  condition: unknown,
  conditions: Properties,
  evaluate: (value: unknown) => unknown,
): boolean | Unknown {
  const [[name, argument] = ["", undefined]] = isPlainObject(condition)
    ? Object.entries(condition)
    : [];
  const parts: readonly unknown[] = Array.isArray(argument)
    ? argument
    : [argument];
  const all = () => parts.map((one) => holds(one, conditions, evaluate));
  switch (name) {
    case "Condition":
      return holds(conditions[String(argument)], conditions, evaluate);
    case "Fn::Equals": {
      const [one, other] = parts.map(evaluate);
      return unknownIn([one, other]) ?? String(one) === String(other);
    }
    case "Fn::Not": {
      const [answer] = all();
      return isUnknown(answer) ? answer : !answer;
    }
    case "Fn::And":
      return decided(all(), false);
    case "Fn::Or":
      return decided(all(), true);
    default:
      return new Unread("a condition can't be computed here");
  }
}

/** @param by the answer of one that decides for all */
const decided = (
  answers: readonly (boolean | Unknown)[],
  by: boolean,
): boolean | Unknown =>
  answers.includes(by) ? by : (answers.find(isUnknown) ?? !by);
