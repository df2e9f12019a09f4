import {
  serviceModel,
  shapeOf,
  type ServiceModel,
  type ServiceName,
  type Shape,
} from "../../../../sandbox/aws/service-models/service-model";
import type { Fields } from "../../../../sandbox/aws/service-models/fields";

/** All; of a structure deep in others what it has to have, since some hold themselves. */
const membersOf = ({ members = {}, required = [] }: Shape, depth: number) =>
  Object.entries(members).filter(
    ([name]) => depth < 4 || required.includes(name),
  );

/** A value of the shape that is as plain as AWS's model lets it be. */
function exampleOf(model: ServiceModel, name: string, depth = 0): unknown {
  const shape = shapeOf(model, name);
  const { type, min = 1, max = 100 } = shape;
  switch (type) {
    case "boolean":
      return true;
    case "integer":
    case "long":
    case "double":
    case "float":
      return Math.min(Math.max(min, 1), max);
    case "timestamp":
      return "2026-01-01T00:00:00Z";
    case "list":
      return shape.member && depth < 4
        ? [exampleOf(model, shape.member.shape, depth + 1)]
        : [];
    case "map":
      return {};
    case "structure":
      return Object.fromEntries(
        membersOf(shape, depth).map(([own, member]) => [
          own,
          exampleOf(model, member.shape, depth + 1),
        ]),
      );
    default:
      return shape.enum?.[0] ?? "a".repeat(Math.min(Math.max(min, 4), max));
  }
}

/** The parameters that AWS has for an operation. */
export function parametersOf(
  service: ServiceName,
  operation: string,
): readonly string[] {
  const model = serviceModel(service);
  const input = model.operations[operation]?.input;
  return typeof input === "string"
    ? Object.keys(shapeOf(model, input).members ?? {})
    : [];
}

/** Whether AWS's model has that parameter of the operation, or that member of one, as `Tags[].Key`. */
export function hasParameter(
  service: ServiceName,
  operation: string,
  path: string,
): boolean {
  const model = serviceModel(service);
  let name = model.operations[operation]?.input ?? undefined;
  for (const step of path.split(".")) {
    const shape = name === undefined ? undefined : shapeOf(model, name);
    const isList = step.endsWith("[]");
    const member = shape?.members?.[step.replace("[]", "")]?.shape;
    if (member === undefined) return false;
    name = isList ? shapeOf(model, member).member?.shape : member;
  }
  return name !== undefined;
}

/** A value for each of an operation's parameters: one of these where it has the name, or else a plain one. */
export function exampleRequest(
  service: ServiceName,
  operation: string,
  known: Fields,
): Fields {
  const model = serviceModel(service);
  const input = model.operations[operation]?.input;
  if (typeof input !== "string") return {};
  return Object.fromEntries(
    Object.entries(shapeOf(model, input).members ?? {}).map(
      ([name, { shape }]) => [name, known[name] ?? exampleOf(model, shape)],
    ),
  );
}
