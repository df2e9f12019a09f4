import * as grpc from "@grpc/grpc-js";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import type { ILanguageRuntimeServer } from "@pulumi/pulumi/proto/language_grpc_pb";
import * as language from "@pulumi/pulumi/proto/language_pb";
import { version } from "@pulumi/pulumi/package.json";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { startChild, stopChildren } from "./child";
import { packCommand, programCommand, type Command } from "./command";
import { declaredDependencies } from "./dependencies";
import { message, type Fields } from "./message";
import { sdkEntryPoint } from "./sdk";

/** By this code a program says that it has told the user what went wrong. */
const alreadyTold = 32;

/** What the engine asks of a language host; `engineAddress` holds until it says another. */
export function methods(
  engineAddress: string,
): Partial<ILanguageRuntimeServer> {
  let engine = engineAddress;
  return {
    handshake: ({ request }, callback) => {
      engine = request.getEngineAddress();
      callback(null, new language.LanguageHandshakeResponse());
    },
    run: ({ request }, callback) => {
      void run(() => programCommand(request, engine, sdkEntryPoint)).then(
        (answer) => {
          callback(null, answer);
        },
      );
    },
    runPlugin: (call) => void runPlugin(call),
    cancel: (_call, callback) => {
      stopChildren();
      callback(null, new Empty());
    },
    // The engine looks for a plugin when a resource first needs it, which is soon enough here.
    getRequiredPackages: (_call, callback) => {
      callback(null, new language.GetRequiredPackagesResponse());
    },
    getRequiredPlugins: (_call, callback) => {
      callback(null, new language.GetRequiredPluginsResponse());
    },
    installDependencies,
    getPluginInfo: (_call, callback) => {
      callback(null, message(new PluginInfo(), { version }));
    },
    about: (_call, callback) => {
      const { execPath: executable, version: node } = process;
      const about = { executable, version: node };
      callback(null, message(new language.AboutResponse(), about));
    },
    getProgramDependencies,
  };
}

async function run(command: () => Command): Promise<language.RunResponse> {
  const failed = (error: string) =>
    message(new language.RunResponse(), { error });
  try {
    const code = await startChild(command(), {
      stdout: (chunk) => process.stdout.write(chunk),
      stderr: (chunk) => process.stderr.write(chunk),
    }).ended;
    return code === 0 || code === alreadyTold
      ? message(new language.RunResponse(), { bail: code === alreadyTold })
      : failed(`the program ended with exit code ${code}`);
  } catch (error) {
    return failed(messageOf(error));
  }
}

async function runPlugin(
  call: grpc.ServerWritableStream<
    language.RunPluginRequest,
    language.RunPluginResponse
  >,
): Promise<void> {
  const send = (fields: Fields<language.RunPluginResponse>): void => {
    call.write(message(new language.RunPluginResponse(), fields));
  };
  try {
    const child = startChild(packCommand(call.request, sdkEntryPoint), {
      stdout: (stdout) => {
        send({ stdout });
      },
      stderr: (stderr) => {
        send({ stderr });
      },
    });
    call.on("cancelled", child.stop);
    send({ exitcode: await child.ended });
    call.end();
  } catch (error) {
    call.destroy(
      Object.assign(new Error(messageOf(error)), {
        code: grpc.status.FAILED_PRECONDITION,
      }),
    );
  }
}

const installDependencies: ILanguageRuntimeServer["installDependencies"] = (
  call,
) => {
  const stdout = Buffer.from(
    "Dependencies are left to npm: run npm ci, or npm install, in the folder.\n",
  );
  call.write(message(new language.InstallDependenciesResponse(), { stdout }));
  call.end();
};

const getProgramDependencies: ILanguageRuntimeServer["getProgramDependencies"] =
  ({ request }, callback) => {
    const folder = request.getInfo()?.getProgramDirectory() ?? request.getPwd();
    const dependenciesList = declaredDependencies(folder).map((one) =>
      message(new language.DependencyInfo(), one),
    );
    callback(
      null,
      message(new language.GetProgramDependenciesResponse(), {
        dependenciesList,
      }),
    );
  };

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);
