import type { EnforcementLevel } from "@pulumi/policy";
import { organisationSchema } from "./organisation/config";
import { rules } from "./rules";

const levels: readonly EnforcementLevel[] = [
  "advisory",
  "mandatory",
  "remediate",
  "disabled",
];
const level = { type: "string", enum: levels };

/** A policy's level alone, or beside its config. */
const settings = (description: string, config: object = {}) => ({
  description,
  anyOf: [
    level,
    {
      type: "object",
      properties: { enforcementLevel: level, ...config },
      additionalProperties: false,
    },
  ],
});

/**
 * A JSON Schema of the file for `--policy-pack-config`, for editors. It knows the names of the rules: the
 * engine takes any.
 */
export const packConfigSchema = {
  $schema: "http://json-schema.org/draft-07/schema#",
  title: "The config of the policy pack bastion-account",
  type: "object",
  properties: {
    organisation: settings(
      "The facts that all rules go by.",
      organisationSchema.properties,
    ),
    ...Object.fromEntries(
      rules.map(({ name, description }) => [name, settings(description)]),
    ),
    all: settings("The level of all policies that have none here."),
  },
  additionalProperties: false,
};
