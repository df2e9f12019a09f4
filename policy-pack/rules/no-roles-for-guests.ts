import { unknownFinding, wrong } from "../findings/finding";
import { isPlainObject } from "../resources/plain-object";
import { isUnknown } from "../resources/unknown";
import type { Rule } from "./rule";

/** Source: AWS documentation, "Amazon Cognito identity pools: unauthenticated identities". */
export const noRolesForGuests: Rule = {
  name: "no-roles-for-guests",
  title: "No roles for guests",
  description:
    "No identity pool gives a role to guests, who are anyone, without signing in.",
  severity: "high",
  enforcementLevel: "mandatory",
  remedy: "Take the role for unauthenticated identities out.",
  judgeResource(resource) {
    const { type, inputs } = resource;
    if (!/^aws.*cognito.*:IdentityPoolRoleAttachment$/.test(type)) return [];
    const { roles } = inputs;
    if (isUnknown(roles)) {
      return [unknownFinding({ resource, path: ["roles"] })];
    }
    return isPlainObject(roles) && roles["unauthenticated"] !== undefined
      ? [
          wrong(
            resource,
            "roles.unauthenticated gives guests of the identity pool a role.",
            "take it out; or, when the role may do nothing that a stranger must not, exempt this resource in the config, with a reason.",
            {
              field: "roles.unauthenticated",
              witness: ["Who gets in: anyone, without signing in"],
            },
          ),
        ]
      : [];
  },
};
