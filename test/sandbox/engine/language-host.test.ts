import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import * as grpc from "@grpc/grpc-js";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import {
  LanguageRuntimeClient,
  LanguageRuntimeService,
} from "@pulumi/pulumi/proto/language_grpc_pb";
import {
  InstallDependenciesRequest,
  type InstallDependenciesResponse,
  ProgramInfo,
  RunPluginRequest,
  RunRequest,
} from "@pulumi/pulumi/proto/language_pb";
import {
  packCommand,
  programCommand,
} from "../../../sandbox/engine/language-host/command";
import { declaredDependencies } from "../../../sandbox/engine/language-host/dependencies";
import { methods } from "../../../sandbox/engine/language-host/methods";
import { runtimeOptions } from "../../../sandbox/engine/language-host/options";
import { sdkEntryPoint } from "../../../sandbox/engine/language-host/sdk";
import { checkout } from "../../../sandbox/engine/paths";

const entryPoints = (name: string, folder: string) => `${folder}/sdk/${name}`;

const info = (
  options: Record<string, string | boolean | number>,
): ProgramInfo => {
  const about = new ProgramInfo();
  about.setRootDirectory("/root");
  about.setProgramDirectory("/root/infra");
  about.setEntryPoint("index.ts");
  about.setOptions(Struct.fromJavaScript(options));
  return about;
};

describe("runtime options", () => {
  it("are those of the real language host", () => {
    assert.deepEqual(runtimeOptions({}), {
      typescript: true,
      tsconfig: undefined,
      nodeArgs: [],
    });
    assert.deepEqual(
      runtimeOptions({
        typescript: false,
        tsconfig: "a.json",
        nodeargs: " --x  --y=1 ",
      }),
      { typescript: false, tsconfig: "a.json", nodeArgs: ["--x", "--y=1"] },
    );
  });

  for (const [line, words] of [
    [String.raw`-r './a b.js'`, ["-r", "./a b.js"]],
    [String.raw`--title="a 'b' \"c\""`, [`--title=a 'b' "c"`]],
    [String.raw`a\ b c`, ["a b", "c"]],
    [`''`, [""]],
  ] as const) {
    it(`split ${line} as a shell does`, () => {
      assert.deepEqual(runtimeOptions({ nodeargs: line }).nodeArgs, words);
    });
  }

  it("are refused when they are of the wrong type", () => {
    assert.throws(
      () => runtimeOptions({ typescript: "yes" }),
      /runtime\.options\.typescript is "yes"; expected true or false/,
    );
    assert.throws(() => runtimeOptions({ tsconfig: 1 }), /tsconfig is 1/);
    assert.throws(() => runtimeOptions({ nodeargs: ["-r"] }), /nodeargs is/);
  });
});

describe("a program's command", () => {
  const request = (): RunRequest => {
    const asked = new RunRequest();
    asked.setMonitorAddress("127.0.0.1:1");
    asked.setOrganization("organization");
    asked.setProject("tiny");
    asked.setStack("dev");
    asked.setPwd("/root/infra");
    asked.setParallel(4);
    asked.getConfigMap().set("tiny:colour", "blue");
    asked.setConfigsecretkeysList(["tiny:word"]);
    asked.setInfo(info({ nodeargs: "--x", tsconfig: "t.json" }));
    return asked;
  };

  it("tells the SDK what the engine told the host", () => {
    assert.deepEqual(programCommand(request(), "127.0.0.1:2", entryPoints), {
      args: [
        "--x",
        "/root/infra/sdk/run",
        ...["--monitor", "127.0.0.1:1", "--engine", "127.0.0.1:2"],
        ...["--organization", "organization", "--project", "tiny"],
        ...["--root-directory", "/root", "--stack", "dev"],
        ...["--pwd", "/root/infra", "--parallel", "4", "index.ts"],
      ],
      environment: {
        PULUMI_CONFIG: '{"tiny:colour":"blue"}',
        PULUMI_CONFIG_SECRET_KEYS: '["tiny:word"]',
        PULUMI_NODEJS_TYPESCRIPT: "true",
        PULUMI_NODEJS_TSCONFIG_PATH: "t.json",
      },
    });
  });

  it("says when it is a preview", () => {
    const preview = request();
    preview.setDryrun(true);
    const { args } = programCommand(preview, "", entryPoints);
    assert.deepEqual(args.slice(-2), ["--dry-run", "index.ts"]);
  });

  it("loads no ts-node for a JavaScript project", () => {
    const plain = request();
    plain.setInfo(info({ typescript: false }));
    const { environment } = programCommand(plain, "", entryPoints);
    assert.equal(environment["PULUMI_NODEJS_TYPESCRIPT"], undefined);
  });
});

describe("a policy pack's command", () => {
  const request = (kind: string): RunPluginRequest => {
    const asked = new RunPluginRequest();
    asked.setKind(kind);
    asked.setPwd("/elsewhere");
    asked.setArgsList(["127.0.0.1:2"]);
    asked.setEnvList(["A=b=c"]);
    asked.setInfo(info({}));
    return asked;
  };

  it("runs in the pack's folder, and names that last", () => {
    assert.deepEqual(packCommand(request("analyzer"), entryPoints), {
      args: ["/root/infra/sdk/run-policy-pack", "127.0.0.1:2", "/root/infra"],
      cwd: "/root/infra",
      environment: { A: "b=c", PULUMI_NODEJS_TYPESCRIPT: "true" },
    });
  });

  it("is refused for a plugin of another kind", () => {
    assert.throws(
      () => packCommand(request("resource"), entryPoints),
      /no plugin of the kind "resource"/,
    );
  });
});

describe("a project's dependencies", () => {
  it("are left to npm, and the engine is told so", async () => {
    const server = new grpc.Server();
    const implementation = methods("") as grpc.UntypedServiceImplementation;
    server.addService(LanguageRuntimeService, implementation);
    const port = await promisify(server.bindAsync.bind(server))(
      "127.0.0.1:0",
      grpc.ServerCredentials.createInsecure(),
    );
    const client = new LanguageRuntimeClient(
      `127.0.0.1:${port}`,
      grpc.credentials.createInsecure(),
    );
    const told: string[] = [];
    const call = client.installDependencies(new InstallDependenciesRequest());
    for await (const answer of call as AsyncIterable<InstallDependenciesResponse>) {
      told.push(Buffer.from(answer.getStdout_asU8()).toString());
    }
    client.close();
    server.forceShutdown();
    assert.match(told.join(""), /run npm ci, or npm install, in the folder/);
  });
});

describe("the SDK's entry point", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "a program "));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it("is the program's own where it has one", () => {
    const own = join(folder, "node_modules/@pulumi/pulumi/cmd/run");
    mkdirSync(own, { recursive: true });
    writeFileSync(join(own, "index.js"), "");
    assert.equal(sdkEntryPoint("run", folder), join(own, "index.js"));
  });

  it("is the checkout's where it has none", () => {
    assert.equal(
      sdkEntryPoint("run", folder),
      join(checkout, "node_modules/@pulumi/pulumi/cmd/run/index.js"),
    );
  });
});

describe("the dependencies that pulumi about shows", () => {
  it("are those of package.json, or none", () => {
    const declared = declaredDependencies(checkout).map(({ name }) => name);
    assert.ok(declared.includes("@pulumi/pulumi"));
    assert.ok(declared.includes("mocha"));
    assert.deepEqual(declaredDependencies(tmpdir()), []);
  });
});
