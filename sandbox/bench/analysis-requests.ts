import {
  Struct,
  type JavaScriptValue,
} from "google-protobuf/google/protobuf/struct_pb";
import {
  AnalyzeRequest,
  AnalyzerProviderResource,
  AnalyzerResource,
  AnalyzerResourceOptions,
  AnalyzeStackRequest,
} from "@pulumi/pulumi/proto/analyzer_pb";
import { message } from "../engine/language-host/message";
import { provider, type Declared } from "./thousand-resources";

/** What the engine asks a policy pack about one resource. */
export const resourceRequest = (resource: Declared): AnalyzeRequest =>
  message(new AnalyzeRequest(), withProvider(resource));

/** What it asks about the stack. */
export const stackRequest = (
  resources: readonly Declared[],
): AnalyzeStackRequest =>
  message(new AnalyzeStackRequest(), {
    resourcesList: resources.map((resource) =>
      message(new AnalyzerResource(), withProvider(resource)),
    ),
  });

const withProvider = (resource: Declared) => ({
  ...described(resource),
  options: new AnalyzerResourceOptions(),
  ...(resource.type.startsWith("aws:")
    ? { provider: message(new AnalyzerProviderResource(), described(provider)) }
    : {}),
});

const described = ({ type, name, inputs }: Declared) => ({
  type,
  name,
  urn: urn(type, name),
  properties: struct(inputs),
});

const urn = (type: string, name: string): string =>
  `urn:pulumi:dev::orders::${type}::${name}`;

const struct = (inputs: Declared["inputs"]): Struct =>
  Struct.fromJavaScript(inputs as Record<string, JavaScriptValue>);
