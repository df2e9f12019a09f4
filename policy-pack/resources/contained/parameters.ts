import { isPlainObject, type Properties } from "../plain-object";
import { isUnknown, Unread } from "../unknown";

/** @param given the values that the stack has for them; the others have their defaults */
export const parametersOf = (
  declared: Properties,
  given: Properties,
): ReadonlyMap<string, unknown> =>
  new Map(
    Object.entries(declared).map(([name, declaration]) => [
      name,
      isUnknown(declaration)
        ? declaration
        : valueOf(
            name,
            isPlainObject(declaration) ? declaration : {},
            given[name],
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

/** A map, or the list of keys and values that a stack set has in `aws-native`. */
export const givenParameters = (value: unknown): Properties =>
  Array.isArray(value)
    ? Object.fromEntries(
        (value as readonly unknown[])
          .filter(isPlainObject)
          .map((one) => [String(one["parameterKey"]), one["parameterValue"]]),
      )
    : isPlainObject(value) && !isUnknown(value)
      ? value
      : {};
