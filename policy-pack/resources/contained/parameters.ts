import { isPlainObject, ownValue, type Properties } from "../plain-object";
import { isUnknown, Unread } from "../unknown";

/** @param given the values that the stack has for them; the others have their defaults */
export const parametersOf = (
  declared: Properties,
  given: unknown,
): ReadonlyMap<string, unknown> =>
  new Map(
    Object.entries(declared).map(([name, declaration]) => [
      name,
      isUnknown(declaration)
        ? declaration
        : valueOf(
            name,
            isPlainObject(declaration) ? declaration : {},
            givenValue(name, given),
          ),
    ]),
  );

function valueOf(
  name: string,
  { Type: type, Default: fallback }: Properties,
  given: unknown,
): unknown {
  const value = given ?? fallback;
  if (isUnknown(value)) return value;
  if (typeof value !== "string" && typeof value !== "number") {
    return new Unread(`the parameter ${name} has no value here`);
  }
  if (String(type).startsWith("AWS::SSM::")) {
    return new Unread(`the parameter ${name} takes its value from SSM`);
  }
  return /^(CommaDelimitedList|List<)/.test(String(type))
    ? String(value)
        .split(",")
        .map((one) => one.trim())
    : String(value);
}

/**
 * @param given a map, or the list of keys and values that a stack set has in `aws-native`; an unknown
 *   one, and an unknown entry or key of the list, may give any parameter its value
 */
function givenValue(name: string, given: unknown): unknown {
  if (isUnknown(given)) return given;
  if (!Array.isArray(given)) {
    return isPlainObject(given) ? ownValue(given, name) : undefined;
  }
  const entries = (given as readonly unknown[]).filter(isPlainObject);
  const own = entries.find((one) => one["parameterKey"] === name);
  return own === undefined
    ? entries
        .map((one) => (isUnknown(one) ? one : one["parameterKey"]))
        .find(isUnknown)
    : own["parameterValue"];
}
