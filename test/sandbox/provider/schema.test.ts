import assert from "node:assert/strict";
import { version } from "@pulumi/aws/package.json";
import { startProvider, type SandboxProvider } from "../../../sandbox/provider";
import type {
  PackageSpec,
  TypeSpec,
} from "../../../sandbox/provider/schema/package-spec";
import { resourceTypes } from "../../../sandbox/provider/types";
import { awsTypes } from "../../policy-pack/identities/aws-types";
import { Connection } from "./connection";

/** All that the schema says a value is made of. */
function within(spec: TypeSpec): readonly TypeSpec[] {
  const inner = [
    spec.items,
    spec.additionalProperties,
    ...(spec.oneOf ?? []),
  ].filter((one) => one !== undefined);
  return [spec, ...inner.flatMap(within)];
}

describe("the provider's schema, for programs in other languages", () => {
  let provider: SandboxProvider;
  let connection: Connection;
  let schema: PackageSpec;

  before(async () => {
    provider = await startProvider(() =>
      assert.fail("a schema takes no account"),
    );
    connection = new Connection(provider.port);
    schema = JSON.parse(await connection.schema({})) as PackageSpec;
  });

  after(() => {
    connection.close();
    provider.close();
  });

  it("is that of the installed package", () => {
    assert.equal(schema.name, "aws");
    assert.equal(schema.version, version);
    const types = awsTypes();
    assert.ok(types.size > 1_000);
    for (const [type, inputs] of types) {
      const { inputProperties = {} } = schema.resources[type] ?? {};
      assert.deepEqual(
        Object.keys(inputProperties),
        inputs.map(({ name }) => name),
        type,
      );
    }
    assert.ok("aws:index/getRegion:getRegion" in schema.functions);
  });

  it("asks of each type that the sandbox deploys for nothing that the sandbox does not ask for", () => {
    for (const [type, { inputs }] of Object.entries(resourceTypes)) {
      const { inputProperties = {}, requiredInputs = [] } =
        schema.resources[type] ?? {};
      for (const name of requiredInputs) {
        assert.equal(inputs[name]?.required, true, `${type} ${name}`);
      }
      for (const name of Object.keys(inputs)) {
        assert.ok(
          name in inputProperties || name === "tagsAll",
          `${type} ${name}`,
        );
      }
    }
  });

  it("has the types that its properties are of", () => {
    const { provider: own, resources, functions, types } = schema;
    const properties = [
      own.inputProperties,
      ...Object.values(resources).flatMap((one) => [
        one.properties,
        one.inputProperties,
      ]),
      ...Object.values(functions).flatMap((one) => [
        one.inputs?.properties ?? {},
        one.outputs.properties,
      ]),
      ...Object.values(types).map((one) => one.properties),
    ];
    const referred = properties
      .flatMap((one) => Object.values(one))
      .flatMap(within)
      .flatMap(({ $ref }) => /^#\/types\/(.+)$/.exec($ref ?? "")?.[1] ?? []);
    assert.ok(referred.length > 1_000);
    assert.deepEqual(
      referred.filter((one) => !(one in types)),
      [],
    );
  });

  it("says what a value is: text, a number, a list, a map, an object, or text in place of one", () => {
    const { inputProperties } = schema.resources["aws:iam/role:Role"] ?? {};
    assert.deepEqual(inputProperties?.["name"], { type: "string" });
    assert.deepEqual(inputProperties["maxSessionDuration"], { type: "number" });
    assert.deepEqual(inputProperties["forceDetachPolicies"], {
      type: "boolean",
    });
    assert.deepEqual(inputProperties["managedPolicyArns"], {
      type: "array",
      items: { type: "string" },
    });
    assert.deepEqual(inputProperties["tags"], {
      type: "object",
      additionalProperties: { type: "string" },
    });
    const $ref = "#/types/aws:iam/PolicyDocument:PolicyDocument";
    assert.deepEqual(inputProperties["assumeRolePolicy"], {
      oneOf: [{ type: "string" }, { $ref }],
    });
  });

  it("takes a resource in place of its name, and an enum, for text", () => {
    const attachment =
      schema.resources["aws:iam/rolePolicyAttachment:RolePolicyAttachment"];
    assert.deepEqual(attachment?.inputProperties["role"], { type: "string" });
    const topic =
      schema.resources["aws:sns/topicSubscription:TopicSubscription"];
    assert.deepEqual(topic?.inputProperties["topic"], { type: "string" });
    assert.deepEqual(schema.provider.inputProperties["region"], {
      type: "string",
    });
  });

  it("says which outputs are secret", () => {
    const { properties } =
      schema.resources["aws:iam/accessKey:AccessKey"] ?? {};
    assert.equal(properties?.["secret"]?.secret, true);
    assert.equal(properties["user"]?.secret, undefined);
  });

  it("is refused in another format, and for a package by parameters", async () => {
    await assert.rejects(
      connection.schema({ version: 1 }),
      /schema version 1: .* has version 0 alone/,
    );
    await assert.rejects(
      connection.schema({ subpackageName: "random" }),
      /the package random: the provider aws takes no parameters.* Fix: /,
    );
    await assert.rejects(
      connection.parameterize(),
      /the provider aws takes no parameters/,
    );
  });

  it("maps no names of another tool's", async () => {
    assert.deepEqual(await connection.mapping("terraform"), ["", 0]);
  });
});
