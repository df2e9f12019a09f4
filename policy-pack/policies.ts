import { organisationPolicy } from "./engine/organisation-policy";
import { policyOf, type Policy } from "./engine/policy";
import { Session } from "./engine/session";
import { rules } from "./rules";

/** All policies of the pack, for one run. The first takes down what the others go by. */
export function policies(): Policy[] {
  const session = new Session();
  return [
    organisationPolicy(
      session,
      rules.map(({ name }) => name),
    ),
    ...rules.map((rule) => policyOf(rule, session)),
  ];
}
