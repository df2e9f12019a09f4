/**
 * A small `pulumi-language-nodejs`, for machines that have the Pulumi CLI but can't download the
 * language host that comes with it. The engine starts it, reads its port, and asks it to run
 * programs and policy packs; the work is done by `@pulumi/pulumi`'s own entry points.
 */
import * as grpc from "@grpc/grpc-js";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import {
  LanguageRuntimeService,
  type ILanguageRuntimeServer,
} from "@pulumi/pulumi/proto/language_grpc_pb";
import * as language from "@pulumi/pulumi/proto/language_pb";
import { version } from "@pulumi/pulumi/package.json";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { runChild, stopChildren } from "./child";
import { packCommand, programCommand } from "./command";

/** By this code a program says that it has told the user what went wrong. */
const alreadyTold = 32;

let engineAddress = process.argv.at(-1) ?? "";

const run: grpc.handleUnaryCall<language.RunRequest, language.RunResponse> = (
  { request },
  callback,
) => {
  const answer = new language.RunResponse();
  const command = programCommand(request, engineAddress);
  void runChild(command, {
    stdout: (chunk) => process.stdout.write(chunk),
    stderr: (chunk) => process.stderr.write(chunk),
  }).then((code) => {
    if (code === alreadyTold) answer.setBail(true);
    else if (code !== 0) {
      answer.setError(`the program ended with exit code ${code}`);
    }
    callback(null, answer);
  });
};

const runPlugin: grpc.handleServerStreamingCall<
  language.RunPluginRequest,
  language.RunPluginResponse
> = (call) => {
  const send = (fill: (answer: language.RunPluginResponse) => void) => {
    const answer = new language.RunPluginResponse();
    fill(answer);
    call.write(answer);
  };
  void runChild(packCommand(call.request), {
    stdout: (chunk) => {
      send((answer) => answer.setStdout(chunk));
    },
    stderr: (chunk) => {
      send((answer) => answer.setStderr(chunk));
    },
  }).then((code) => {
    send((answer) => {
      answer.setExitcode(code);
    });
    call.end();
  });
};

const methods: Partial<ILanguageRuntimeServer> = {
  handshake: ({ request }, callback) => {
    engineAddress = request.getEngineAddress();
    callback(null, new language.LanguageHandshakeResponse());
  },
  getPluginInfo: (_call, callback) => {
    const info = new PluginInfo();
    info.setVersion(version);
    callback(null, info);
  },
  // The engine looks for a plugin when a resource first needs it, which is soon enough here.
  getRequiredPackages: (_call, callback) => {
    callback(null, new language.GetRequiredPackagesResponse());
  },
  getRequiredPlugins: (_call, callback) => {
    callback(null, new language.GetRequiredPluginsResponse());
  },
  about: (_call, callback) => {
    const answer = new language.AboutResponse();
    answer.setExecutable(process.execPath);
    answer.setVersion(process.version);
    callback(null, answer);
  },
  run,
  runPlugin,
  cancel: (_call, callback) => {
    stopChildren();
    callback(null, new Empty());
  },
};

function serve(): void {
  const server = new grpc.Server({
    "grpc.max_receive_message_length": -1,
    "grpc.max_send_message_length": -1,
  });
  // grpc answers UNIMPLEMENTED for the rest of the service.
  server.addService(
    LanguageRuntimeService,
    methods as grpc.UntypedServiceImplementation,
  );
  server.bindAsync(
    "127.0.0.1:0",
    grpc.ServerCredentials.createInsecure(),
    (error, port) => {
      if (error) throw error;
      process.stdout.write(`${port}\n`);
    },
  );
}

process.on("SIGTERM", () => {
  stopChildren();
  process.exit(0);
});
serve();
