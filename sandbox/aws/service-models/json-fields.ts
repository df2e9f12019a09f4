import { AwsError } from "../errors";
import { UnknownParameter, type Fields } from "./fields";
import {
  shapeOf,
  type Member,
  type ServiceModel,
  type Shape,
} from "./service-model";

/**
 * Holds a JSON body to the types and the names of the model.
 *
 * @throws AwsError Serialization for a value of another type.
 * @throws UnknownParameter for a name that the model does not have.
 */
export function checkTypes(
  model: ServiceModel,
  { members = {} }: Shape,
  fields: Fields,
  path = "",
): void {
  const known = new Map(Object.entries(members));
  for (const [name, value] of Object.entries(fields)) {
    const at = path === "" ? name : `${path}.${name}`;
    const member = known.get(name);
    if (!member) throw new UnknownParameter(at);
    if (value !== null) checkValue(model, member, value, at);
  }
}

function checkValue(
  model: ServiceModel,
  { shape: name }: Member,
  value: unknown,
  path: string,
): void {
  const shape = shapeOf(model, name);
  if (!isOfType(shape, value)) {
    const found = Array.isArray(value) ? "a list" : `a ${typeof value}`;
    throw new AwsError(
      "Serialization",
      `${path}: found ${found}, expected ${expected[shape.type]}`,
    );
  }
  if (Array.isArray(value)) {
    for (const [index, one] of value.entries()) {
      if (shape.member)
        checkValue(model, shape.member, one, `${path}.${index + 1}`);
    }
  } else if (shape.type === "structure") {
    checkTypes(model, shape, value as Fields, path);
  } else if (shape.type === "map" && shape.value) {
    for (const [key, one] of Object.entries(value as Fields))
      checkValue(model, shape.value, one, `${path}.${key}`);
  }
}

const expected: Readonly<Record<Shape["type"], string>> = {
  blob: "text",
  boolean: "true or false",
  double: "a number",
  float: "a number",
  integer: "a whole number",
  list: "a list",
  long: "a whole number",
  map: "an object",
  string: "text",
  structure: "an object",
  timestamp: "a time",
};

function isOfType({ type }: Shape, value: unknown): boolean {
  switch (type) {
    case "blob":
    case "string":
      return typeof value === "string";
    case "boolean":
      return typeof value === "boolean";
    case "double":
    case "float":
      return typeof value === "number";
    case "integer":
    case "long":
      return Number.isInteger(value);
    case "list":
      return Array.isArray(value);
    case "map":
    case "structure":
      return (
        typeof value === "object" && value !== null && !Array.isArray(value)
      );
    case "timestamp":
      return typeof value === "number" || typeof value === "string";
  }
}
