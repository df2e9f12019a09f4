import * as grpc from "@grpc/grpc-js";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import type { ILanguageRuntimeServer } from "@pulumi/pulumi/proto/language_grpc_pb";
import * as language from "@pulumi/pulumi/proto/language_pb";
import { version } from "@pulumi/pulumi/package.json";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { startChild, stopChildren } from "./child";
import { packCommand, programCommand, type Command } from "./command";
import { declaredDependencies } from "./dependencies";
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
      const info = new PluginInfo();
      info.setVersion(version);
      callback(null, info);
    },
    about: (_call, callback) => {
      const answer = new language.AboutResponse();
      answer.setExecutable(process.execPath);
      answer.setVersion(process.version);
      callback(null, answer);
    },
    getProgramDependencies,
  };
}

async function run(command: () => Command): Promise<language.RunResponse> {
  const answer = new language.RunResponse();
  try {
    const code = await startChild(command(), {
      stdout: (chunk) => process.stdout.write(chunk),
      stderr: (chunk) => process.stderr.write(chunk),
    }).ended;
    if (code === alreadyTold) answer.setBail(true);
    else if (code !== 0) {
      answer.setError(`the program ended with exit code ${code}`);
    }
  } catch (error) {
    answer.setError(messageOf(error));
  }
  return answer;
}

async function runPlugin(
  call: grpc.ServerWritableStream<
    language.RunPluginRequest,
    language.RunPluginResponse
  >,
): Promise<void> {
  const send = (fill: (answer: language.RunPluginResponse) => void): void => {
    const answer = new language.RunPluginResponse();
    fill(answer);
    call.write(answer);
  };
  try {
    const child = startChild(packCommand(call.request, sdkEntryPoint), {
      stdout: (chunk) => {
        send((answer) => answer.setStdout(chunk));
      },
      stderr: (chunk) => {
        send((answer) => answer.setStderr(chunk));
      },
    });
    call.on("cancelled", child.stop);
    const code = await child.ended;
    send((answer) => {
      answer.setExitcode(code);
    });
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
  const answer = new language.InstallDependenciesResponse();
  answer.setStdout(
    Buffer.from("Dependencies are left to npm: run npm ci in the folder.\n"),
  );
  call.write(answer);
  call.end();
};

const getProgramDependencies: ILanguageRuntimeServer["getProgramDependencies"] =
  ({ request }, callback) => {
    const folder = request.getInfo()?.getProgramDirectory() ?? request.getPwd();
    const answer = new language.GetProgramDependenciesResponse();
    for (const { name, version: wanted } of declaredDependencies(folder)) {
      const dependency = new language.DependencyInfo();
      dependency.setName(name);
      dependency.setVersion(wanted);
      answer.addDependencies(dependency);
    }
    callback(null, answer);
  };

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);
