/**
 * A small `pulumi-language-nodejs`, for machines that have the Pulumi CLI but can't download the
 * language host that comes with it. The engine starts it, reads its port, and asks it to run
 * programs and policy packs; the work is done by `@pulumi/pulumi`'s own entry points.
 */
import * as grpc from "@grpc/grpc-js";
import { LanguageRuntimeService } from "@pulumi/pulumi/proto/language_grpc_pb";
import { stopChildren } from "./child";
import { methods } from "./methods";

function serve(): void {
  const server = new grpc.Server({
    "grpc.max_receive_message_length": -1,
    "grpc.max_send_message_length": -1,
  });
  // grpc answers UNIMPLEMENTED for the rest of the service.
  server.addService(
    LanguageRuntimeService,
    methods(process.argv.at(-1) ?? "") as grpc.UntypedServiceImplementation,
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

const stop = (): void => process.exit(0);

/** An engine that is killed tells nobody, and its programs must not go on. */
function endWithEngine(): void {
  const engine = process.ppid;
  setInterval(() => {
    if (process.ppid !== engine) stop();
  }, 1_000).unref();
}

process.on("SIGTERM", stop);
// Whatever ends this process, such as a write to an engine that is gone, ends the programs too.
process.on("exit", stopChildren);
endWithEngine();
serve();
