import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import * as grpc from "@grpc/grpc-js";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import {
  ConfigureAnalyzerRequest,
  EnforcementLevel,
  PolicyConfig,
  type AnalyzeRequest,
  type AnalyzeStackRequest,
  type AnalyzeResponse,
  type RemediateResponse,
} from "@pulumi/pulumi/proto/analyzer_pb";
import {
  Struct,
  type JavaScriptValue,
} from "google-protobuf/google/protobuf/struct_pb";
import { message } from "../engine/language-host/message";
import { sdkEntryPoint } from "../engine/language-host/sdk";

type Method =
  "getAnalyzerInfo" | "configure" | "remediate" | "analyze" | "analyzeStack";

/** As JSON. */
export type Config = Readonly<Record<string, JavaScriptValue>>;

/** A policy pack that runs as it does under the engine, but is asked by us. */
export class PackProcess {
  private constructor(
    private readonly child: ChildProcess,
    private readonly client: AnalyzerClient,
  ) {}

  /** Done when the pack has told what policies it has: the engine then begins to ask. */
  static async start(folder: string): Promise<PackProcess> {
    // The pack would tell what it logs to an engine at this address, where there is none.
    const nobody = "127.0.0.1:9";
    const child = spawn(
      process.execPath,
      [
        ...["--require", require.resolve("./tell-cpu-time.js")],
        ...[sdkEntryPoint("run-policy-pack", folder), nobody, folder],
      ],
      {
        cwd: folder,
        env: {
          ...process.env,
          PULUMI_NODEJS_PROJECT: "orders",
          PULUMI_NODEJS_STACK: "dev",
          PULUMI_NODEJS_DRY_RUN: "true",
          // awsguard's SDK would print that support for it has ended.
          AWS_SDK_JS_SUPPRESS_MAINTENANCE_MODE_MESSAGE: "true",
        },
        stdio: ["ignore", "pipe", "inherit", "ipc"],
      },
    );
    if (child.stdout === null) throw new Error("no output to read");
    const [port] = (await Promise.race([
      once(createInterface({ input: child.stdout }), "line"),
      once(child, "exit").then(() => [undefined]),
    ])) as [string | undefined];
    if (port === undefined) throw new Error(`the pack in ${folder} ended`);
    const client = new AnalyzerClient(
      `127.0.0.1:${port}`,
      grpc.credentials.createInsecure(),
      {
        "grpc.max_send_message_length": -1,
        "grpc.max_receive_message_length": -1,
      },
    );
    const pack = new PackProcess(child, client);
    await pack.ask("getAnalyzerInfo", new Empty());
    return pack;
  }

  /** Gives it the config that its rules share, as the engine does before it asks about anything. */
  async configure(organisation: Config): Promise<void> {
    const request = new ConfigureAnalyzerRequest();
    const policy = message(new PolicyConfig(), {
      enforcementlevel: EnforcementLevel.MANDATORY,
      properties: Struct.fromJavaScript(organisation),
    });
    request.getPolicyconfigMap().set("organisation", policy);
    await this.ask("configure", request);
  }

  remediate(request: AnalyzeRequest): Promise<RemediateResponse> {
    return this.ask("remediate", request) as Promise<RemediateResponse>;
  }

  analyze(request: AnalyzeRequest): Promise<AnalyzeResponse> {
    return this.ask("analyze", request) as Promise<AnalyzeResponse>;
  }

  analyzeStack(request: AnalyzeStackRequest): Promise<AnalyzeResponse> {
    return this.ask("analyzeStack", request) as Promise<AnalyzeResponse>;
  }

  private ask(
    method: Method,
    request:
      Empty | ConfigureAnalyzerRequest | AnalyzeRequest | AnalyzeStackRequest,
  ): Promise<unknown> {
    const call = promisify(this.client[method].bind(this.client)) as unknown;
    return (call as (asked: typeof request) => Promise<unknown>)(request);
  }

  /** Seconds that the process has computed so far: other processes on the machine do not count. */
  async cpuSeconds(): Promise<number> {
    const told = once(this.child, "message");
    this.child.send("tell");
    const [seconds] = (await told) as [number];
    return seconds;
  }

  async stop(): Promise<void> {
    this.client.close();
    const ended = once(this.child, "exit");
    this.child.kill();
    await ended;
  }
}
