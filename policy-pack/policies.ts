import { Analysis } from "./engine/analysis";
import { organisationPolicy } from "./engine/organisation-policy";
import { policyOf } from "./engine/policy";
import type { Policy } from "./engine/pulumi-policy";
import { rules as allRules } from "./rules";
import type { Rule } from "./rules/rule";

/** All policies of the pack, for one run. The first reads the config that the others go by, and the resources. */
export function policies(
  analysis = new Analysis(),
  rules: readonly Rule[] = allRules,
): Policy[] {
  return [
    organisationPolicy(
      analysis,
      rules.map(({ name }) => name),
    ),
    ...rules.map((rule) => policyOf(rule, analysis)),
  ];
}
