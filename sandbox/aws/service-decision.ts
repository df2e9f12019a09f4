import {
  createValidatedPolicy,
  validateResourcePolicy,
} from "@cloud-copilot/iam-policy";
import { runUnsafeSimulation } from "@cloud-copilot/iam-simulate";
import { accountOf } from "./arn";
import type { StoredDocument } from "./model";
import type { ContextKeys } from "./operation";
import { literalVariables } from "./policy-variables";

/** What one of AWS's services asks for, which the resource's own policy has to allow. */
export interface ServiceRequest {
  /** As `events.amazonaws.com`. */
  readonly service: string;
  readonly action: string;
  readonly resource: string;
  readonly policy: StoredDocument;
  readonly context: ContextKeys;
}

/** "Unsafe" takes the keys as they are: the other way drops those of encryption contexts. */
export const isServiceAllowed = ({
  service,
  action,
  resource,
  policy,
  context,
}: ServiceRequest): boolean =>
  runUnsafeSimulation(
    {
      request: {
        principal: service,
        action,
        resource: { resource, accountId: accountOf(resource) },
        contextVariables: context,
      },
      identityPolicies: [],
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      resourcePolicy: createValidatedPolicy(
        literalVariables(policy.parsed),
        validateResourcePolicy,
        { name: "resource" },
      ),
    },
    {},
  ) === "Allowed";
