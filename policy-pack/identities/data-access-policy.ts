import { isPlainObject, type Properties } from "../resources/plain-object";
import { allow } from "./permission-form";
import { sharedWith } from "./shared-with";

/**
 * What a policy of OpenSearch Serverless says in the words of IAM's: it is a list of rules, with the
 * principals that they are for. Source: Amazon OpenSearch Service developer guide, "Data access control
 * for Amazon OpenSearch Serverless", policy syntax.
 *
 * @returns undefined of what is none
 */
export function dataAccessStatements(
  policy: unknown,
): readonly Properties[] | undefined {
  if (!Array.isArray(policy)) return undefined;
  const parts: readonly unknown[] = policy;
  return parts.length > 0 && parts.every(hasRules)
    ? parts.flatMap((one) =>
        sharedWith(one["Principal"]).flatMap(({ principal }) =>
          allow(principal, "aoss:*"),
        ),
      )
    : undefined;
}

const hasRules = (part: unknown): part is Properties =>
  isPlainObject(part) && "Rules" in part;
