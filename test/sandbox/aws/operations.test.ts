import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { perform } from "../../../sandbox/aws/authorize";
import { AwsError } from "../../../sandbox/aws/errors";
import type { UnhonouredParameters } from "../../../sandbox/aws/honoured-parameters";
import type { Call } from "../../../sandbox/aws/operation";
import { Parameters } from "../../../sandbox/aws/parameters";
import { services } from "../../../sandbox/aws/services";
import type { Fields } from "../../../sandbox/aws/service-models/fields";
import {
  serviceModel,
  type ServiceName,
} from "../../../sandbox/aws/service-models/service-model";
import {
  takeRoleWithToken,
  webIdentity,
  webIdentityAction,
} from "../../../sandbox/aws/web-identity";
import { exampleRequest, hasParameter } from "./operations/examples";
import { operationsTable } from "./operations/table";
import { values, valuesOf } from "./operations/values";
import { world } from "./operations/world";

/** What went wrong; undefined where nothing did. */
async function attempt(work: Promise<unknown>): Promise<AwsError | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    assert(error instanceof AwsError, String(error));
    return error;
  }
}

/** An operation that is gone through. */
interface Subject {
  readonly service: ServiceName;
  readonly name: string;
  readonly declared: UnhonouredParameters;
  readonly run: (call: Call) => Promise<unknown>;
}

const subjects: readonly Subject[] = [
  ...[...services].flatMap(([service, { operations }]) =>
    Object.entries(operations).map(([name, declared]) => ({
      service,
      name,
      declared,
      run: (call: Call) => perform(call, service, name, operations),
    })),
  ),
  {
    service: "sts",
    name: webIdentityAction,
    declared: webIdentity,
    run: ({ cloud, parameters, sourceIp }) =>
      takeRoleWithToken(cloud, parameters, sourceIp),
  },
];

/** Does an operation with a plain value for each parameter that it is asked with, and once more. */
async function act(
  { service, name, run }: Subject,
  isAsked: (parameter: string) => boolean,
  more: Fields = {},
) {
  const { call: callOf, ids } = await world(service);
  const own = valuesOf[`${service}:${name}`];
  const known = { ...values[service], ...ids, ...own, ...more };
  const all = Object.entries(exampleRequest(service, name, known));
  const asked = Object.fromEntries(all.filter(([one]) => isAsked(one)));
  const once = async () => {
    const call = callOf(new Parameters(asked));
    const error = await attempt(run(call));
    return { error, unread: call.parameters.unread() };
  };
  return { ...(await once()), again: await once() };
}

/** A value that is not the one that the sandbox has. */
const anotherThan = (one: string | number | boolean): unknown => {
  if (typeof one === "boolean") return !one;
  return typeof one === "number" ? one + 1 : `${one}-not`;
};

for (const subject of subjects) {
  const { service, name, declared } = subject;
  const { lacks = [], only = {}, moot = {} } = declared;
  const isHonoured = (one: string) => !lacks.includes(one);

  describe(`The parameters of ${service}:${name}`, () => {
    it("are honoured, or refused by name", async () => {
      const { error, unread } = await act(subject, isHonoured, only);
      const dropped = unread.filter((one) => !Object.hasOwn(moot, one));
      const end = error ? `${error.code}: ${error.message}` : "an answer";
      assert.deepEqual(
        dropped,
        [],
        `these are dropped, and the operation ended with ${end}. Read them in sandbox/aws, or name them in its \`lacks\`; give the operation what it needs in operations/values.ts`,
      );
    });

    it("are no fault of the sandbox's when the same is asked again", async () => {
      const { again } = await act(subject, isHonoured, only);
      assert.notEqual(again.error?.code, "ServiceFailure", String(again.error));
    });

    it("are those of AWS's model, where the sandbox says something of them", () => {
      const named = [...lacks, ...Object.keys(only), ...Object.keys(moot)];
      assert.deepEqual(
        named.filter((one) => !hasParameter(service, name, one)),
        [],
      );
      assert.deepEqual(
        named.filter((one, index) => named.indexOf(one) !== index),
        [],
      );
    });

    for (const lack of lacks) {
      it(`say of ${lack} that the sandbox lacks it`, async () => {
        const { error } = await act(subject, () => true);
        assert.equal(error?.code, "NotImplemented");
        assert.match(error.message, new RegExp(`\\b${lack}\\b`));
      });
    }

    for (const [one, value] of Object.entries(only)) {
      it(`say that of ${one} the sandbox has ${value} alone`, async () => {
        const other = { ...only, [one]: anotherThan(value) };
        const { error } = await act(subject, isHonoured, other);
        assert.equal(error?.code, "NotImplemented");
        assert.match(
          error.message,
          new RegExp(`\\b${one} other than ${value} `),
        );
      });
    }
  });
}

describe("AWS's operations", () => {
  it("are in the sandbox under names that AWS's models have", () => {
    for (const [service, { operations }] of services) {
      const model = serviceModel(service);
      for (const name of Object.keys(operations))
        assert(model.operations[name]?.input !== undefined, name);
    }
  });

  it("are listed with what becomes of their parameters", () => {
    const unsigned = { [webIdentityAction]: webIdentity };
    const file = "sandbox/aws/operations.md";
    const written = readFileSync(join(__dirname, "../../..", file), "utf8");
    assert.equal(
      written,
      operationsTable(services, { sts: unsigned }),
      `${file} is stale: write it anew with \`node -r ./infra/start test/sandbox/aws/operations/command.ts\``,
    );
  });
});
