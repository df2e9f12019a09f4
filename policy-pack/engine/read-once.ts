import { createRequire } from "node:module";
import { AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import { AnalyzerProviderResource } from "@pulumi/pulumi/proto/analyzer_pb";
import { BinaryReader } from "./protobuf";

/** What has been read of a message: it ends with it, and a WeakMap of thousands of them takes its time. */
const known = Symbol("known");

interface Message {
  [known]?: object;
}

type Read = (properties: object, keepsSecrets: boolean) => object;

/** Of @pulumi/policy, which strips it from its types. */
interface Deserialisation {
  deserializeProperties?: Read;
}

/**
 * @pulumi/policy makes plain objects of a resource's properties, and of its provider's, anew for each
 * policy that it asks; from here on once for each message of the engine. Policies only read them: a
 * remediation, which writes to them, asks for secrets to be kept, and gets its own as before.
 *
 * Where the package is made in another way, it stays as it is.
 *
 * @param sdk the package's own functions, which its server finds there at each call
 */
export function readPropertiesOnce(sdk = deserialisation()): void {
  const read = sdk.deserializeProperties;
  if (read === undefined) return;
  sdk.deserializeProperties = (properties: Message, keepsSecrets) => {
    if (keepsSecrets) return read(properties, keepsSecrets);
    const found = properties[known] ?? read(properties, keepsSecrets);
    properties[known] = found;
    return found;
  };
}

function deserialisation(): Deserialisation {
  try {
    return createRequire(__filename)(
      "@pulumi/policy/deserialize",
    ) as Deserialisation;
  } catch {
    return {};
  }
}

/**
 * The engine sends a resource's provider with each question about it. The same bytes are read once, and
 * what is read of them is one object. Has to be called before the pack starts its server.
 */
export function readProvidersOnce(): void {
  const read = AnalyzerProviderResource.deserializeBinaryFromReader.bind(
    AnalyzerProviderResource,
  );
  const known = new Map<string, AnalyzerProviderResource>();
  let last: { bytes: Uint8Array; found: AnalyzerProviderResource } | undefined;
  const find = (bytes: Uint8Array): AnalyzerProviderResource => {
    const text = Buffer.from(
      bytes.buffer,
      bytes.byteOffset,
      bytes.byteLength,
    ).toString("latin1");
    const found =
      known.get(text) ??
      read(new AnalyzerProviderResource(), new BinaryReader(bytes));
    known.set(text, found);
    return found;
  };
  AnalyzerProviderResource.deserializeBinaryFromReader = (message, reader) => {
    const start = reader.getCursor();
    while (reader.nextField()) reader.skipField();
    const bytes = reader.getBuffer().subarray(start, reader.getCursor());
    // Most often it is the same as before, which a look at the bytes shows.
    if (last === undefined || Buffer.compare(last.bytes, bytes) !== 0) {
      last = { bytes, found: find(bytes) };
    }
    const { found } = last;
    message.setType(found.getType());
    message.setProperties(found.getProperties());
    message.setUrn(found.getUrn());
    message.setName(found.getName());
    return message;
  };
}

/**
 * @pulumi/policy describes all resources of a stack anew for each policy that judges stacks, which takes
 * longer than most of them do. From here on only the first finds any, and keeps them for the others. Has
 * to be called before the pack starts its server.
 */
export function showStackOnce(): void {
  const { analyzeStack } = AnalyzerService;
  const read = analyzeStack.requestDeserialize;
  analyzeStack.requestDeserialize = (bytes) => {
    const request = read(bytes);
    const resources = walkedOnce(request.getResourcesList());
    request.getResourcesList = () => resources;
    return request;
  };
}

/** The list, which is empty to each walk through it but the first. */
function walkedOnce<T>(list: readonly T[]): T[] {
  const walks = [list, []].values();
  return Object.assign([...list], {
    [Symbol.iterator]: () => (walks.next().value ?? []).values(),
  });
}
