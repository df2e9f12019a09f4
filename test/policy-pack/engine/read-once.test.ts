import assert from "node:assert/strict";
import { promisify } from "node:util";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import {
  AnalyzerProviderResource,
  AnalyzerResource,
  type AnalyzeRequest,
  type AnalyzeResponse,
  type AnalyzeStackRequest,
  type RemediateResponse,
} from "@pulumi/pulumi/proto/analyzer_pb";
import { Analysis } from "../../../policy-pack/engine/analysis";
import {
  readPropertiesOnce,
  readProvidersOnce,
  showStackOnce,
} from "../../../policy-pack/engine/read-once";
import { policies } from "../../../policy-pack/policies";
import {
  resourceRequest,
  stackRequest,
} from "../../../sandbox/bench/analysis-requests";
import { manyResources } from "../../../sandbox/bench/thousand-resources";
import { unknownText } from "../pack";
import { secret } from "../serialisation";

/* eslint-disable @typescript-eslint/no-require-imports -- the package strips these from its types */
const deserialisation = require("@pulumi/policy/deserialize") as {
  deserializeProperties: (properties: object, keepsSecrets: boolean) => object;
};
type Serve<Request, Response> = (
  ...pack: readonly [string, string, string, object]
) => (
  call: { readonly request: Request },
  callback: (error: Error | null, response: Response) => void,
) => void;
const server = require("@pulumi/policy/server") as {
  readonly makeAnalyzeRpcFun: Serve<AnalyzeRequest, AnalyzeResponse>;
  readonly makeAnalyzeStackRpcFun: Serve<AnalyzeStackRequest, AnalyzeResponse>;
  readonly makeRemediateRpcFun: Serve<AnalyzeRequest, RemediateResponse>;
};
/* eslint-enable @typescript-eslint/no-require-imports */

const declared = [
  ...manyResources(21),
  {
    type: "aws:iam/role:Role",
    name: "not-known-yet",
    inputs: { name: "not-known-yet", assumeRolePolicy: unknownText },
  },
  {
    type: "aws:iam/user:User",
    name: "of-a-secret",
    inputs: { name: secret("root") },
  },
];

/** Everything that the server of @pulumi/policy answers about the resources, by the pack's own policies. */
async function answers(resources = declared) {
  const pack = [
    "bastion-account",
    "0.1.0",
    "mandatory",
    policies(new Analysis(() => true)),
  ] as const;
  const analyze = promisify(server.makeAnalyzeRpcFun(...pack));
  const remediate = promisify(server.makeRemediateRpcFun(...pack));
  const analyzeStack = promisify(server.makeAnalyzeStackRpcFun(...pack));
  const found: object[] = [];
  for (const request of resources.map(resourceRequest)) {
    found.push((await remediate({ request })).toObject());
    found.push((await analyze({ request })).toObject());
  }
  const request = AnalyzerService.analyzeStack.requestDeserialize(
    Buffer.from(stackRequest(resources).serializeBinary()),
  );
  return [...found, (await analyzeStack({ request })).toObject()];
}

/** How often a message's properties are read meanwhile. */
async function counted<T>(task: () => Promise<T>): Promise<[T, number]> {
  const plain = Reflect.get(Struct.prototype, "toJavaScript") as () => object;
  let count = 0;
  Struct.prototype.toJavaScript = function (this: Struct) {
    count += 1;
    return plain.call(this) as ReturnType<Struct["toJavaScript"]>;
  };
  try {
    return [await task(), count];
  } finally {
    Struct.prototype.toJavaScript =
      plain as typeof Struct.prototype.toJavaScript;
  }
}

describe("properties that are read once for all policies", () => {
  const plain = deserialisation.deserializeProperties;
  afterEach(() => {
    deserialisation.deserializeProperties = plain;
  });

  it("gives the findings that reading them for each policy gives", async () => {
    const [expected, often] = await counted(answers);
    readPropertiesOnce();
    const [found, seldom] = await counted(answers);
    assert.deepEqual(found, expected);
    assert.ok(JSON.stringify(found).includes("can't be known during preview"));
    assert.ok(seldom * 4 < often, `${seldom} times, and not ${often}`);
  });

  it("reads properties anew where secrets are to be kept, and of each message", () => {
    readPropertiesOnce();
    const read = deserialisation.deserializeProperties;
    const message = () =>
      Struct.fromJavaScript({ name: secret("x") as { value: string } });
    const one = message();
    assert.equal(read(one, false), read(one, false));
    assert.notEqual(read(one, false), read(message(), false));
    assert.notEqual(read(one, true), read(one, false));
    assert.notEqual(read(one, true), read(one, true));
  });

  it("leaves a package alone that reads them in another way", () => {
    const other = {};
    readPropertiesOnce(other);
    assert.deepEqual(other, {});
  });
});

describe("a stack that is shown once to all policies", () => {
  const plain = AnalyzerService.analyzeStack.requestDeserialize;
  afterEach(() => {
    AnalyzerService.analyzeStack.requestDeserialize = plain;
  });

  /** How often a resource of the stack is described meanwhile. */
  async function described(task: () => Promise<object>) {
    const plain: unknown = Reflect.get(AnalyzerResource.prototype, "getName");
    const read = plain as () => string;
    let count = 0;
    AnalyzerResource.prototype.getName = function (this: AnalyzerResource) {
      count += 1;
      return read.call(this);
    };
    try {
      return [await task(), count / declared.length] as const;
    } finally {
      AnalyzerResource.prototype.getName = read;
    }
  }

  it("gives the findings that showing it to each of them gives", async () => {
    const [expected, often] = await described(answers);
    showStackOnce();
    const [found, once] = await described(answers);
    assert.deepEqual(found, expected);
    // To send it is to read it once as well.
    assert.equal(once, 2);
    assert.ok(often > 10, `${often} times`);
  });

  it("shows it to whoever asks what types it has", () => {
    showStackOnce();
    const list = AnalyzerService.analyzeStack
      .requestDeserialize(Buffer.from(stackRequest(declared).serializeBinary()))
      .getResourcesList();
    assert.equal([...list].length, declared.length);
    assert.equal([...list].length, 0);
    assert.ok(list.some((one) => one.getType() === "aws:iam/user:User"));
  });
});

describe("a provider that is sent with each of its resources", () => {
  const plain = AnalyzerProviderResource.deserializeBinaryFromReader.bind(
    AnalyzerProviderResource,
  );
  afterEach(() => {
    AnalyzerProviderResource.deserializeBinaryFromReader = plain;
  });

  const [, , one, other] = declared;
  assert.ok(one && other);
  const received = (resource: typeof one, region = "eu-central-1") => {
    const request = resourceRequest(resource);
    request.getProvider()?.setProperties(Struct.fromJavaScript({ region }));
    return AnalyzerService.analyze
      .requestDeserialize(Buffer.from(request.serializeBinary()))
      .getProvider();
  };

  it("is read once, as it is read for each of them", () => {
    const expected = received(one)?.toObject();
    readProvidersOnce();
    const [first, second] = [received(one), received(other)];
    assert.ok(expected && first && second);
    assert.deepEqual(first.toObject(), expected);
    assert.deepEqual(second.toObject(), expected);
    assert.ok(first.hasProperties());
    assert.equal(first.getProperties(), second.getProperties());
  });

  it("is another where anything of it differs", () => {
    readProvidersOnce();
    assert.deepEqual(
      ["eu-central-1", "us-east-1"].map((region) =>
        received(one, region)?.getProperties()?.toJavaScript(),
      ),
      [{ region: "eu-central-1" }, { region: "us-east-1" }],
    );
  });
});

describe("a state that does not hold the stack itself", () => {
  it("is judged as with it", async () => {
    const texts = async (resources: typeof declared) =>
      (await answers(resources)).flatMap((one) =>
        "diagnosticsList" in one
          ? (one.diagnosticsList as readonly { message: string }[]).map(
              ({ message }) => message,
            )
          : [],
      );
    const expected = await texts(declared);
    assert.ok(expected.length > 0);
    assert.deepEqual(
      await texts(
        declared.filter(({ type }) => type !== "pulumi:pulumi:Stack"),
      ),
      expected,
    );
  });
});
