import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The services that the sandbox answers, by the names that their requests are signed for. */
export type ServiceName =
  | "access-analyzer"
  | "dynamodb"
  | "ec2"
  | "events"
  | "iam"
  | "kms"
  | "organizations"
  | "s3"
  | "sns"
  | "sts";

/** What AWS says of a service's requests, as botocore has it. */
export interface ServiceModel {
  readonly source: string;
  readonly apiVersion: string;
  readonly operations: Readonly<Record<string, OperationModel>>;
  readonly shapes: Readonly<Record<string, Shape>>;
}

export interface OperationModel {
  /** The structure of its parameters; `null` where it has none, left out where none were imported. */
  readonly input?: string | null;
  /** Method and path of a REST service, as `GET /{Bucket}?location`. */
  readonly http?: string;
}

/** The form of a value, with what AWS lets it be. */
export interface Shape {
  readonly type:
    | "blob"
    | "boolean"
    | "double"
    | "float"
    | "integer"
    | "list"
    | "long"
    | "map"
    | "string"
    | "structure"
    | "timestamp";
  readonly required?: readonly string[];
  readonly members?: Readonly<Record<string, Member>>;
  readonly member?: Member;
  readonly key?: Member;
  readonly value?: Member;
  readonly enum?: readonly string[];
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  /** AWS keeps its value out of messages. */
  readonly sensitive?: true;
}

export interface Member {
  readonly shape: string;
  /** Its name in a request, where that is another. */
  readonly name?: string;
  /** Where in a REST request it stands, if not in the body. */
  readonly location?: "header" | "headers" | "querystring" | "uri";
}

const loaded = new Map<ServiceName, ServiceModel>();

/** The model is read once, when the first request for the service comes. */
export function serviceModel(service: ServiceName): ServiceModel {
  const known = loaded.get(service);
  if (known) return known;
  const text = readFileSync(join(__dirname, `${service}.json`), "utf8");
  const model = JSON.parse(text) as ServiceModel;
  loaded.set(service, model);
  return model;
}

export function shapeOf(model: ServiceModel, name: string): Shape {
  const shape = model.shapes[name];
  if (shape) return shape;
  throw new Error(`${model.source}: no shape ${name}`);
}

const matchers = new Map<string, RegExp>();

/** AWS's patterns are of the whole text. */
export function matcherOf(pattern: string): RegExp {
  const known = matchers.get(pattern);
  if (known) return known;
  const matcher = compile(`^(?:${pattern})$`);
  matchers.set(pattern, matcher);
  return matcher;
}

/** Some name scripts, which takes Unicode's mode; some escape what that mode lets nobody escape. */
function compile(whole: string): RegExp {
  try {
    return new RegExp(whole, "u");
  } catch {
    return new RegExp(whole);
  }
}
