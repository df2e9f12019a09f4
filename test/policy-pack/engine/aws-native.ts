import * as grpc from "@grpc/grpc-js";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import {
  ResourceProviderService,
  type IResourceProviderServer,
} from "@pulumi/pulumi/proto/provider_grpc_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import * as proto from "@pulumi/pulumi/proto/provider_pb";

/** A provider for `PULUMI_DEBUG_PROVIDERS=aws-native:<port>`. */
export interface NativeProvider {
  readonly port: number;
  readonly close: () => void;
}

/**
 * `aws-native`, as far as a preview needs it: every input is right, and what is made is its inputs.
 * The sandbox deploys `aws` alone.
 */
export function startNativeProvider(): Promise<NativeProvider> {
  const server = new grpc.Server();
  server.addService(
    ResourceProviderService,
    previews as grpc.UntypedServiceImplementation,
  );
  return new Promise((resolve, reject) => {
    server.bindAsync(
      "127.0.0.1:0",
      grpc.ServerCredentials.createInsecure(),
      (error, port) => {
        if (error) reject(error);
        else {
          resolve({
            port,
            close: () => {
              server.forceShutdown();
            },
          });
        }
      },
    );
  });
}

const checked: grpc.handleUnaryCall<proto.CheckRequest, proto.CheckResponse> = (
  { request },
  callback,
) => {
  const answer = new proto.CheckResponse();
  answer.setInputs(request.getNews());
  callback(null, answer);
};

const done: grpc.handleUnaryCall<unknown, Empty> = (_call, callback) => {
  callback(null, new Empty());
};

const previews: Partial<IResourceProviderServer> = {
  attach: done,
  cancel: done,
  getPluginInfo: (_call, callback) => {
    const info = new PluginInfo();
    info.setVersion("1.0.0");
    callback(null, info);
  },
  checkConfig: checked,
  diffConfig: (_call, callback) => {
    callback(null, new proto.DiffResponse());
  },
  configure: (_call, callback) => {
    const answer = new proto.ConfigureResponse();
    answer.setSupportspreview(true);
    callback(null, answer);
  },
  check: checked,
  create: ({ request }, callback) => {
    if (!request.getPreview()) {
      callback({
        code: grpc.status.UNIMPLEMENTED,
        details: "this provider is for previews",
      });
      return;
    }
    const answer = new proto.CreateResponse();
    answer.setProperties(request.getProperties());
    callback(null, answer);
  },
};
