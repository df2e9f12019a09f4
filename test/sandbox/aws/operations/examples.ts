import {
  serviceModel,
  shapeOf,
  type ServiceModel,
  type ServiceName,
} from "../../../../sandbox/aws/service-models/service-model";
import type { Fields } from "../../../../sandbox/aws/service-models/fields";

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
        (shape.required ?? []).map((own) => [
          own,
          exampleOf(model, shape.members?.[own]?.shape ?? "", depth + 1),
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
