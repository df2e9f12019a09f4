import * as grpc from "@grpc/grpc-js";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import {
  Struct,
  type JavaScriptValue,
} from "google-protobuf/google/protobuf/struct_pb";
import {
  ResourceProviderService,
  type IResourceProviderServer,
} from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as plugin from "@pulumi/pulumi/proto/plugin_pb";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { version } from "@pulumi/aws/package.json";
import { connect, type Surroundings } from "./configuration";
import { Lifecycle } from "./lifecycle";
import type { Properties } from "./resource";

/**
 * The provider protocol, for any number of the program's providers at once.
 *
 * An attached provider is one process for all of them, and a request does not say which of them it
 * is for. The engine opens a connection of its own for each, so the connection's peer tells.
 */
export function providerService(surroundings: Surroundings): grpc.Server {
  const connections = new Map<string, Promise<Lifecycle>>();

  /** A method that is about a resource, answered by the lifecycle of its connection. */
  const about =
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
        lifecycle.then((one) => work(one, call.request)),
      );
    };

  const methods: Partial<IResourceProviderServer> = {
    ...ofThePlugin,
    configure: (call, callback) => {
      const lifecycle = connect(
        surroundings,
        plain(call.request.getArgs()),
      ).then((account) => new Lifecycle(account));
      connections.set(call.getPeer(), lifecycle);
      answer(
        callback,
        lifecycle.then(() => new proto.ConfigureResponse()),
      );
    },
    check: about(check),
    diff: about(diff),
    create: about(create),
    read: about(read),
    update: about(update),
    delete: about(remove),
  };
  const server = new grpc.Server({
    "grpc.max_receive_message_length": -1,
    "grpc.max_send_message_length": -1,
  });
  server.addService(
    ResourceProviderService,
    methods as grpc.UntypedServiceImplementation,
  );
  return server;
}

/** What the engine asks before any account comes into it. */
const ofThePlugin: Partial<IResourceProviderServer> = {
  attach: (_call, callback) => {
    callback(null, new Empty());
  },
  cancel: (_call, callback) => {
    callback(null, new Empty());
  },
  getPluginInfo: (_call, callback) => {
    const info = new plugin.PluginInfo();
    info.setVersion(version);
    callback(null, info);
  },
  checkConfig: ({ request }, callback) => {
    const checked = new proto.CheckResponse();
    checked.setInputs(request.getNews());
    callback(null, checked);
  },
  diffConfig: (_call, callback) => {
    callback(null, new proto.DiffResponse());
  },
};

function check(
  lifecycle: Lifecycle,
  request: proto.CheckRequest,
): proto.CheckResponse {
  const inputs = lifecycle.check(
    request.getUrn(),
    plain(request.getOlds()),
    plain(request.getNews()),
  );
  const response = new proto.CheckResponse();
  response.setInputs(struct(inputs));
  return response;
}

function diff(
  lifecycle: Lifecycle,
  request: proto.DiffRequest,
): proto.DiffResponse {
  const { changed, replaces } = lifecycle.diff(
    request.getUrn(),
    plain(request.getOlds()),
    plain(request.getNews()),
  );
  const { DIFF_SOME, DIFF_NONE } = proto.DiffResponse.DiffChanges;
  const response = new proto.DiffResponse();
  response.setChanges(changed.length > 0 ? DIFF_SOME : DIFF_NONE);
  response.setDiffsList([...changed]);
  response.setReplacesList([...replaces]);
  // Names are unique in an account, so a replacement can't stand beside the old one.
  response.setDeletebeforereplace(replaces.length > 0);
  return response;
}

async function create(
  lifecycle: Lifecycle,
  request: proto.CreateRequest,
): Promise<proto.CreateResponse> {
  const { id, state } = await lifecycle.create(
    request.getUrn(),
    plain(request.getProperties()),
  );
  const response = new proto.CreateResponse();
  response.setId(id);
  response.setProperties(struct(state));
  return response;
}

/** A resource that is gone is told by an answer without an id. */
async function read(
  lifecycle: Lifecycle,
  request: proto.ReadRequest,
): Promise<proto.ReadResponse> {
  const found = await lifecycle.read(
    request.getUrn(),
    request.getId(),
    plain(request.getProperties()),
  );
  const response = new proto.ReadResponse();
  if (found) {
    response.setId(request.getId());
    response.setProperties(struct(found.state));
    response.setInputs(struct(found.inputs));
  }
  return response;
}

async function update(
  lifecycle: Lifecycle,
  request: proto.UpdateRequest,
): Promise<proto.UpdateResponse> {
  const state = await lifecycle.update(
    request.getUrn(),
    request.getId(),
    plain(request.getOlds()),
    plain(request.getNews()),
  );
  const response = new proto.UpdateResponse();
  response.setProperties(struct(state));
  return response;
}

async function remove(
  lifecycle: Lifecycle,
  request: proto.DeleteRequest,
): Promise<Empty> {
  await lifecycle.remove(
    request.getUrn(),
    request.getId(),
    plain(request.getProperties()),
  );
  return new Empty();
}

const plain = (properties: Struct | undefined): Properties =>
  properties?.toJavaScript() ?? {};

/** What is undefined has no place on the wire. */
const struct = (properties: Properties): Struct =>
  Struct.fromJavaScript(
    JSON.parse(JSON.stringify(properties)) as Record<string, JavaScriptValue>,
  );

function answer<T>(callback: grpc.sendUnaryData<T>, work: Promise<T>): void {
  work.then(
    (response) => {
      callback(null, response);
    },
    (error: unknown) => {
      const { name, message } =
        error instanceof Error ? error : new Error(String(error));
      callback({
        code: grpc.status.UNKNOWN,
        details: name === "Error" ? message : `${name}: ${message}`,
      });
    },
  );
}
