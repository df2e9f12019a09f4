import { Analysis } from "./engine/analysis";
import { organisationPolicy } from "./engine/organisation-policy";
import { policyOf } from "./engine/policy";
import type { Policy } from "./engine/pulumi-policy";
import { rules } from "./rules";

/** All policies of the pack, for one run. The first reads the config that the others go by. */
export function policies(analysis = new Analysis()): Policy[] {
  return [
    organisationPolicy(
      analysis,
      rules.map(({ name }) => name),
    ),
    ...rules.map((rule) => policyOf(rule, analysis)),
  ].map((policy) => analysis.recordingInputs(policy));
}
