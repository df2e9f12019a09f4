import { isPlainObject } from "../plain-object";
import { isUnknown, Unread, unknownIn, type Unknown } from "../unknown";
import { once, type Scope } from "./scope";

/**
 * Whether a condition of a template holds; an `Unknown` where nobody here can say.
 *
 * @throws {RangeError} where conditions name each other
 */
export function holds(
  condition: unknown,
  scope: Scope,
  evaluate: (value: unknown) => unknown,
): boolean | Unknown {
  if (isUnknown(condition)) return condition;
  const { conditions, known } = scope;
  const [[name, argument] = ["", undefined]] = isPlainObject(condition)
    ? Object.entries(condition)
    : [];
  const parts: readonly unknown[] = Array.isArray(argument)
    ? argument
    : [argument];
  const all = () => parts.map((one) => holds(one, scope, evaluate));
  switch (name) {
    case "Condition":
      return once(known.conditions, String(argument), () =>
        "Fn::Transform" in conditions
          ? writtenByMacro
          : holds(conditions[String(argument)], scope, evaluate),
      );
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

/** What lets the rules read what others make of a template. */
export const writeOut = "write out what comes of it";

/** Source: AWS CloudFormation template reference, "Fn::Transform". */
export const writtenByMacro = new Unread(
  "Fn::Transform lets a macro write a part of the template",
  writeOut,
);

/** @param by the answer of one that decides for all */
const decided = (
  answers: readonly (boolean | Unknown)[],
  by: boolean,
): boolean | Unknown =>
  answers.includes(by) ? by : (answers.find(isUnknown) ?? !by);
