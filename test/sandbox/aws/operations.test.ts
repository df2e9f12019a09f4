import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { perform } from "../../../sandbox/aws/authorize";
import { AwsError } from "../../../sandbox/aws/errors";
import { Parameters } from "../../../sandbox/aws/parameters";
import { services } from "../../../sandbox/aws/services";
import type { Fields } from "../../../sandbox/aws/service-models/fields";
import {
  serviceModel,
  type ServiceName,
} from "../../../sandbox/aws/service-models/service-model";
import {
  webIdentity,
  webIdentityAction,
} from "../../../sandbox/aws/web-identity";
import { exampleRequest, parametersOf } from "./operations/examples";
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

/** Does an operation with a plain value for each parameter that it is asked with. */
async function act(
  service: ServiceName,
  name: string,
  isAsked: (parameter: string) => boolean,
  more: Fields = {},
) {
  const { call: callOf, ids } = await world(service);
  const own = valuesOf[`${service}:${name}`];
  const known = { ...values[service], ...ids, ...own, ...more };
  const all = Object.entries(exampleRequest(service, name, known));
  const asked = Object.fromEntries(all.filter(([one]) => isAsked(one)));
  const call = callOf(new Parameters(asked));
  const operations = services.get(service)?.operations ?? {};
  const error = await attempt(perform(call, service, name, operations));
  return { error, unread: call.parameters.unread() };
}

for (const [service, { operations }] of services) {
  describe(`The parameters of ${service}`, () => {
    for (const [name, operation] of Object.entries(operations)) {
      const { lacks = [], only = {}, moot = {} } = operation;

      it(`of ${name} are honoured, or refused by name`, async () => {
        const isHonoured = (one: string) => !lacks.includes(one);
        const { error, unread } = await act(service, name, isHonoured, only);
        const dropped = unread.filter((one) => !Object.hasOwn(moot, one));
        const end = error ? `${error.code}: ${error.message}` : "an answer";
        assert.deepEqual(
          dropped,
          [],
          `these are dropped, and the operation ended with ${end}. Read them in sandbox/aws, or name them in its \`lacks\`; give the operation what it needs in operations/values.ts`,
        );
      });

      for (const lack of lacks) {
        it(`of ${name} say of ${lack} that the sandbox lacks it`, async () => {
          assert(parametersOf(service, name).includes(lack));
          const { error } = await act(service, name, () => true);
          assert.equal(error?.code, "NotImplemented");
          assert.match(error.message, new RegExp(`\\b${lack}\\b`));
        });
      }
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
