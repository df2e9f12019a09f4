import assert from "node:assert/strict";
import fc from "fast-check";
import { services } from "../../../../sandbox/aws/services";
import type { Fields } from "../../../../sandbox/aws/service-models/fields";
import {
  serviceModel,
  shapeOf,
  type ServiceName,
} from "../../../../sandbox/aws/service-models/service-model";
import { values, valuesOf } from "../operations/values";
import type { PlainRequest } from "../fuzz/wire";
import { targets } from "./documents";
import { fields } from "./drawn-values";
import { wireForm } from "./wire-form";

/** An operation that the sandbox answers, with the action that policies name it by. */
export interface Answered {
  readonly service: ServiceName;
  readonly name: string;
  readonly action: string;
}

export const operations: readonly Answered[] = [...services].flatMap(
  ([service, { operations: all }]) =>
    Object.entries(all).map(([name, { action = name }]) => ({
      service,
      name,
      action: `${service}:${action}`,
    })),
);

/** A request, and how it goes over the wire. */
export interface Drawn {
  readonly operation: Answered;
  readonly fields: Fields;
  readonly wire: PlainRequest;
}

/** What is refused before anything is decided: a role's session has no MFA, nor hands on tags that it lacks. */
const undecided = ["SerialNumber", "TokenCode", "TransitiveTagKeys"];

const taking = (all: Fields, RoleArn: string): Fields =>
  Object.fromEntries(
    Object.entries({ ...all, RoleArn }).filter(
      ([name]) => !undecided.includes(name),
    ),
  );

/** A request whose parameters are drawn from AWS's model of the operation. */
export function drawnRequest(
  operation: Answered,
  ids: Fields,
): fc.Arbitrary<Drawn> {
  const { service, name } = operation;
  const model = serviceModel(service);
  const input = model.operations[name]?.input;
  const known = {
    ...values[service],
    ...ids,
    ...valuesOf[`${service}:${name}`],
  };
  const drawn =
    typeof input === "string"
      ? fields(model, shapeOf(model, input), known)
      : fc.constant({});
  assert(drawn, `${service}:${name}: nothing can be drawn from its model`);
  return fc
    .tuple(drawn, fc.constantFrom(...targets))
    .map(([all, RoleArn]) =>
      name === "AssumeRole" ? taking(all, RoleArn) : all,
    )
    .map((all) => ({
      operation,
      fields: all,
      wire: wireForm(service, name, all),
    }));
}
