import type { Fields } from "../../../../sandbox/aws/service-models/fields";
import {
  serviceModel,
  shapeOf,
  type Member,
  type ServiceModel,
  type ServiceName,
  type Shape,
} from "../../../../sandbox/aws/service-models/service-model";
import type { PlainRequest } from "../fuzz/wire";

/** A request of an operation, as an SDK would send it: by AWS's model of the operation. */

const targets: Readonly<Partial<Record<ServiceName, string>>> = {
  dynamodb: "DynamoDB_20120810",
  events: "AWSEvents",
  kms: "TrentService",
  organizations: "AWSOrganizationsV20161128",
};

export function wireForm(
  service: ServiceName,
  operation: string,
  fields: Fields,
): PlainRequest {
  const model = serviceModel(service);
  const { input, http } = model.operations[operation] ?? {};
  const shape: Shape =
    typeof input === "string" ? shapeOf(model, input) : { type: "structure" };
  if (http !== undefined) return restForm(shape, http, fields);
  const target = targets[service];
  if (target === undefined) return queryForm(model, shape, operation, fields);
  return {
    method: "POST",
    path: "/",
    headers: {
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": `${target}.${operation}`,
    },
    body: JSON.stringify(fields),
  };
}

function queryForm(
  model: ServiceModel,
  shape: Shape,
  Action: string,
  fields: Fields,
): PlainRequest {
  const form = new URLSearchParams([
    ["Action", Action],
    ["Version", model.apiVersion],
    ...ofStructure(model, shape, fields, ""),
  ]);
  return {
    method: "POST",
    path: "/",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: form.toString(),
  };
}

type Pair = [name: string, text: string];

const ofStructure = (
  model: ServiceModel,
  { members = {} }: Shape,
  fields: Fields,
  path: string,
): Pair[] =>
  Object.entries(fields).flatMap(([own, value]) => {
    const member = members[own];
    if (!member) throw new Error(`no member ${own}`);
    return ofValue(model, member, value, `${path}${member.name ?? own}`);
  });

function ofValue(
  model: ServiceModel,
  { shape: name }: Pick<Member, "shape">,
  value: unknown,
  path: string,
): Pair[] {
  const shape = shapeOf(model, name);
  const { member, key, value: one } = shape;
  if (shape.type === "structure") {
    return ofStructure(model, shape, value as Fields, `${path}.`);
  }
  if (member) {
    // EC2's lists are numbered where the others' have a word before the number.
    const word = model.source.includes("/ec2/") ? "" : ".member";
    return (value as readonly unknown[]).flatMap((item, index) =>
      ofValue(model, member, item, `${path}${word}.${index + 1}`),
    );
  }
  if (key && one) {
    return Object.entries(value as Fields).flatMap(([text, item], index) => [
      [`${path}.entry.${index + 1}.key`, text],
      ...ofValue(model, one, item, `${path}.entry.${index + 1}.value`),
    ]);
  }
  return [[path, String(value)]];
}

/** Names and values by where the model has them in a request; the rest is the body. */
function restForm(
  { members = {} }: Shape,
  http: string,
  fields: Fields,
): PlainRequest {
  const [method = "", uri = ""] = http.split(" ");
  const [pattern = "", words = ""] = uri.split("?");
  const at = (location: Member["location"]): [string, string][] =>
    Object.entries(fields)
      .filter(([own]) => members[own]?.location === location)
      .map(([own, value]) => [members[own]?.name ?? own, String(value)]);
  const labels = new Map(at("uri"));
  const path = pattern.replaceAll(/\{(\w+)\+?\}/g, (_, name: string) =>
    encodeURIComponent(labels.get(name) ?? ""),
  );
  const query = new URLSearchParams([
    ...new URLSearchParams(words),
    ...at("querystring"),
  ]).toString();
  const inBody = Object.entries(fields).filter(
    ([own]) => members[own]?.location === undefined,
  );
  return {
    method,
    path: query ? `${path}?${query}` : path,
    headers: Object.fromEntries(at("header")),
    body: inBody.length > 0 ? JSON.stringify(Object.fromEntries(inBody)) : "",
  };
}
