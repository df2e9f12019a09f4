import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { packConfigSchema } from "../../../policy-pack/pack-config-schema";
import { checkout } from "../../../sandbox/engine/paths";

const schema = z.fromJSONSchema(
  packConfigSchema as unknown as Parameters<typeof z.fromJSONSchema>[0],
);

const isValid = (config: unknown): boolean => schema.safeParse(config).success;

const configs = [".github", "examples", "test/policy-pack/exports"].flatMap(
  (folder) =>
    readdirSync(join(checkout, folder), { recursive: true })
      .map((file) => join(folder, String(file)))
      .filter((file) => /(^|[/\\.])rules\.json$/.test(file)),
);

describe("the schema of the policy pack's config", () => {
  it("lets every config of the project pass", () => {
    assert.ok(configs.length > 10, configs.join());
    for (const file of configs) {
      const text = readFileSync(join(checkout, file), "utf8");
      const found = schema.safeParse(JSON.parse(text));
      assert.ok(found.success, `${file}: ${found.error?.message ?? ""}`);
    }
  });

  it("takes a level alone, beside a policy's config, and for all", () => {
    for (const config of [
      {},
      { "people-need-mfa": "remediate" },
      { "people-need-mfa": { enforcementLevel: "disabled" } },
      { organisation: { enforcementLevel: "mandatory", session: 3600 } },
      { all: "advisory" },
    ]) {
      assert.ok(isValid(config), JSON.stringify(config));
    }
  });

  it("refuses what Pulumi refuses, and names that it takes without a word", () => {
    for (const config of [
      { $schema: "./rules.schema.json" },
      { "people-need-mfas": "advisory" },
      { "people-need-mfa": "off" },
      { "people-need-mfa": { level: "advisory" } },
      { organisation: { bastionAccount: "111111111111" } },
      { organisation: { bastionAccountId: "11111111111" } },
      { organisation: { exemptions: [{ resource: "legacy" }] } },
    ]) {
      assert.ok(!isValid(config), JSON.stringify(config));
    }
  });
});
