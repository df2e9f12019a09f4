import { readFileSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import type { JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";
import { runtime } from "@pulumi/pulumi";
import type { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb";
import { parse } from "yaml";
import type { Declared, StackToJudge } from "../pack";
import type { Sample } from "./samples";

type Properties = Readonly<Record<string, JavaScriptValue>>;

/**
 * The stack of a sample, as its program asks Pulumi's monitor for it. What a provider makes of it is
 * not there: a program that goes by that is judged by the engine.
 */
export async function declaredStack({
  name,
  folder,
}: Sample): Promise<StackToJudge> {
  const { name: project } = parse(
    readFileSync(join(folder, "Pulumi.yaml"), "utf8"),
  ) as { readonly name: string };
  const requests = await requestsOf(join(folder, "index.ts"), project, name);
  const providers = new Map(
    requests
      .filter((one) => one.getType().startsWith("pulumi:providers:"))
      .map((one) => [idOf(one.getName()), propertiesOf(one)]),
  );
  return {
    stack: `${project}/${name}`,
    resources: requests
      .filter((one) => one.getType() !== "pulumi:pulumi:Stack")
      .map((one) => declared(one, providers)),
  };
}

/** Runs the program as a preview does. */
async function requestsOf(
  program: string,
  project: string,
  stack: string,
): Promise<readonly RegisterResourceRequest[]> {
  const requests: RegisterResourceRequest[] = [];
  await runtime.setMocks(
    {
      newResource: ({ inputs, name }) => ({
        id: idOf(name),
        state: inputs as Properties,
      }),
      call: ({ token }) => {
        throw new Error(`${program} calls ${token}: judge it by the engine`);
      },
    },
    project,
    stack,
    true,
  );
  const monitor = runtime.getMonitor() as unknown as Monitor;
  const register = monitor.registerResource.bind(monitor);
  monitor.registerResource = (request, ...more) => {
    requests.push(request);
    return register(request, ...more);
  };
  forget(dirname(dirname(program)));
  await import(program);
  await runtime.disconnect();
  return requests;
}

interface Monitor {
  registerResource: (
    request: RegisterResourceRequest,
    ...more: readonly unknown[]
  ) => unknown;
}

/** A module's resources are made as it is loaded. */
function forget(folder: string): void {
  for (const file of Object.keys(require.cache)) {
    // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- so Node's cache has it
    if (file.startsWith(folder + sep)) delete require.cache[file];
  }
}

const idOf = (name: string): string => `${name}-id`;

const propertiesOf = (request: RegisterResourceRequest): Properties =>
  request.getObject()?.toJavaScript() ?? {};

function declared(
  request: RegisterResourceRequest,
  providers: ReadonlyMap<string, Properties>,
): Declared {
  const dependencies = request
    .getPropertydependenciesMap()
    .entries() as Iterable<
    [string, RegisterResourceRequest.PropertyDependencies]
  >;
  const [providerId = ""] = request.getProvider().split("::").slice(-1);
  return {
    type: request.getType(),
    name: request.getName(),
    inputs: propertiesOf(request),
    isComponent: !request.getCustom(),
    provider: providers.get(providerId) ?? {},
    from: Object.fromEntries(
      [...dependencies].map(([property, of]) => [
        property,
        of.getUrnsList().map((urn) => urn.split("::").at(-1) ?? ""),
      ]),
    ),
  };
}
