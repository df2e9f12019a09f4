import * as grpc from "@grpc/grpc-js";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import {
  ResourceProviderService,
  type IResourceProviderServer,
} from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as plugin from "@pulumi/pulumi/proto/plugin_pb";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { version } from "@pulumi/aws/package.json";
import { message } from "../engine/language-host/message";
import { argumentProblems } from "./arguments";
import { Cancellation } from "./cancellation";
import { connect, type DeploymentAccess } from "./configuration";
import { Lifecycle } from "./lifecycle";
import { failure, methods } from "./methods";
import { answeredSchema, noParameters } from "./schema/answered";
import { answer, plain } from "./wire";

/**
 * The provider protocol, for any number of the program's providers at once.
 *
 * An attached provider is one process for all of them, and a request does not say which of them it
 * is for. The engine opens a connection of its own for each, so the connection's peer tells.
 *
 * `Server` of `@pulumi/pulumi/provider` can't stand here: it drops the preview flag, the old inputs
 * and the configuration, and prints a stack for every error.
 */
export function providerService(
  access: () => DeploymentAccess,
  beforeConfigured?: () => void,
): grpc.Server {
  const connections = new Map<string, Promise<Lifecycle>>();
  const cancellation = new Cancellation();

  /** A method that is about a resource, answered by the lifecycle of its connection. */
  const forResource =
    <Q, A>(
      work: (lifecycle: Lifecycle, request: Q) => A | Promise<A>,
    ): grpc.handleUnaryCall<Q, A> =>
    (call, callback) => {
      const lifecycle =
        connections.get(call.getPeer()) ??
        Promise.reject(
          new Error("a request came before the provider's configuration"),
        );
      answer(
        callback,
        cancellation.until(
          call.getPeer(),
          lifecycle.then((one) => work(one, call.request)),
        ),
      );
    };

  const implementation: Partial<IResourceProviderServer> = {
    ...ofThePlugin,
    cancel: (call, callback) => {
      cancellation.cancel(call.getPeer());
      callback(null, new Empty());
    },
    configure: (call, callback) => {
      const lifecycle = Promise.resolve()
        .then(() => beforeConfigured?.())
        .then(() => connect(access(), plain(call.request.getArgs())))
        .then((account) => new Lifecycle(account));
      connections.set(call.getPeer(), lifecycle);
      answer(callback, lifecycle.then(capabilities));
    },
    check: forResource(methods.check),
    diff: forResource(methods.diff),
    create: forResource(methods.create),
    read: forResource(methods.read),
    update: forResource(methods.update),
    delete: forResource(methods.delete),
    invoke: forResource(methods.invoke),
  };
  const server = new grpc.Server({
    "grpc.max_receive_message_length": -1,
    "grpc.max_send_message_length": -1,
  });
  server.addService(
    ResourceProviderService,
    implementation as grpc.UntypedServiceImplementation,
  );
  return server;
}

/**
 * Secrets and resources are not accepted: the engine then sends what is inside of them, and marks
 * outputs as secret whose input was.
 */
const capabilities = (): proto.ConfigureResponse =>
  message(new proto.ConfigureResponse(), {
    supportspreview: true,
    supportsAutonamingConfiguration: true,
  });

/** What the engine asks before any account comes into it. */
const ofThePlugin: Partial<IResourceProviderServer> = {
  attach: (_call, callback) => {
    callback(null, new Empty());
  },
  getPluginInfo: (_call, callback) => {
    callback(null, message(new plugin.PluginInfo(), { version }));
  },
  getSchema: ({ request }, callback) => {
    const schema = Promise.resolve(request).then(answeredSchema);
    answer(
      callback,
      schema.then((text) =>
        message(new proto.GetSchemaResponse(), { schema: text }),
      ),
    );
  },
  parameterize: (_call, callback) => {
    const refused = new Error(noParameters("parameterize"));
    answer(callback, Promise.reject(refused));
  },
  // What a converter of other languages asks: nothing is mapped, as it hears from most providers.
  getMapping: (_call, callback) => {
    callback(null, new proto.GetMappingResponse());
  },
  getMappings: (_call, callback) => {
    callback(null, new proto.GetMappingsResponse());
  },
  checkConfig: ({ request }, callback) => {
    const inputs = request.getNews();
    const failures = argumentProblems(plain(inputs)).map(failure);
    callback(
      null,
      message(new proto.CheckResponse(), { inputs, failuresList: failures }),
    );
  },
  // Unknown: the engine compares the arguments itself. No change of them replaces resources.
  diffConfig: (_call, callback) => {
    callback(null, new proto.DiffResponse());
  },
};
