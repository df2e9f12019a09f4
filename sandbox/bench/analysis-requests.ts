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
import { provider, type Declared } from "./thousand-resources";

/** What the engine asks a policy pack about one resource. */
export function resourceRequest(resource: Declared): AnalyzeRequest {
  const request = new AnalyzeRequest();
  describe(request, resource);
  return request;
}

/** What it asks about the stack. */
export function stackRequest(
  resources: readonly Declared[],
): AnalyzeStackRequest {
  const request = new AnalyzeStackRequest();
  for (const resource of resources) {
    const message = new AnalyzerResource();
    describe(message, resource);
    request.addResources(message);
  }
  return request;
}

function describe(
  message: AnalyzeRequest | AnalyzerResource,
  { type, name, inputs }: Declared,
): void {
  message.setType(type);
  message.setName(name);
  message.setUrn(urn(type, name));
  message.setProperties(struct(inputs));
  message.setOptions(new AnalyzerResourceOptions());
  if (!type.startsWith("aws:")) return;
  const way = new AnalyzerProviderResource();
  way.setType(provider.type);
  way.setName(provider.name);
  way.setUrn(urn(provider.type, provider.name));
  way.setProperties(struct(provider.inputs));
  message.setProvider(way);
}

const urn = (type: string, name: string): string =>
  `urn:pulumi:dev::orders::${type}::${name}`;

const struct = (inputs: Declared["inputs"]): Struct =>
  Struct.fromJavaScript(inputs as Record<string, JavaScriptValue>);
