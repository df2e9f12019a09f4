import { AwsError } from "../errors";
import type { Call } from "../operation";
import type { Fields } from "../service-models/fields";
import type { JsonOperation } from "../services/json";
import { attachedTo, typeOfTarget, type TargetType } from "./organization";
import { page } from "./paging";
import { summary } from "./policies";
import {
  checkType,
  controlType,
  onlyManagement,
  policyIn,
  policyResource,
  targetArn,
  targetIn,
} from "./targets";

/**
 * How many policies a target has. Source: AWS documentation, "Quotas and service limits for AWS
 * Organizations".
 */
const attached = { least: 1, most: 5 } as const;

const violation = (message: string): AwsError =>
  new AwsError("ConstraintViolation", message);

function attachPolicy(call: Call): Fields {
  const { organization } = call.cloud;
  const { id: target } = targetIn(call);
  const { id: policy } = policyIn(call);
  const ids = attachedTo(organization, target);
  if (ids.has(policy)) {
    throw new AwsError(
      "DuplicatePolicyAttachment",
      `The policy ${policy} is already attached to the target ${target}.`,
    );
  }
  if (ids.size >= attached.most) {
    throw violation(
      `You have exceeded the number of policies that a target can have: ${attached.most}.`,
    );
  }
  organization.attachments.set(target, new Set([...ids, policy]));
  return {};
}

function detachPolicy(call: Call): Fields {
  const { organization } = call.cloud;
  const { id: target } = targetIn(call);
  const { id: policy } = policyIn(call);
  const ids = attachedTo(organization, target);
  if (!ids.has(policy)) {
    throw new AwsError(
      "PolicyNotAttached",
      `The policy ${policy} isn't attached to the target ${target}.`,
    );
  }
  if (ids.size <= attached.least) {
    throw violation(
      `You can't remove the last policy from the target ${target}.`,
    );
  }
  const left = [...ids].filter((id) => id !== policy);
  organization.attachments.set(target, new Set(left));
  return {};
}

function listPoliciesForTarget(call: Call): Fields {
  checkType(call.parameters, "Filter");
  const { organization } = call.cloud;
  const policies = [...attachedTo(organization, targetIn(call).id)].flatMap(
    (id) => organization.policies.get(id) ?? [],
  );
  return page(
    call,
    "Policies",
    policies.map((policy) => summary(call, policy)),
  );
}

function listTargetsForPolicy(call: Call): Fields {
  const { cloud } = call;
  const { accounts, organization } = cloud;
  const { id: policy } = policyIn(call);
  const all = [
    organization.rootId,
    ...organization.units.keys(),
    ...accounts.keys(),
  ];
  const targets = all.filter((id) => attachedTo(organization, id).has(policy));
  return page(
    call,
    "Targets",
    targets.map((id) => {
      const type: TargetType = typeOfTarget(cloud, id) ?? "ACCOUNT";
      return {
        TargetId: id,
        Arn: targetArn(cloud, type, id),
        Name:
          accounts.get(id)?.name ?? organization.units.get(id)?.name ?? "Root",
        Type: type,
      };
    }),
  );
}

const onControlPolicy = {
  beforeDecision: onlyManagement,
  context: () => ({ "organizations:PolicyType": controlType }),
};

/** An action on a policy and on a target is decided on both. */
const onBoth = (
  action: string,
  run: (call: Call) => Fields,
): JsonOperation => ({
  ...onControlPolicy,
  resource: policyResource,
  alsoNeeds: (call) => [
    {
      action: `organizations:${action}`,
      resource: targetIn(call).arn,
      context: onControlPolicy.context(),
    },
  ],
  run,
});

export const attachmentOperations: Readonly<Record<string, JsonOperation>> = {
  AttachPolicy: onBoth("AttachPolicy", attachPolicy),
  DetachPolicy: onBoth("DetachPolicy", detachPolicy),
  ListPoliciesForTarget: {
    ...onControlPolicy,
    resource: (call) => targetIn(call).arn,
    run: listPoliciesForTarget,
  },
  ListTargetsForPolicy: {
    ...onControlPolicy,
    resource: policyResource,
    run: listTargetsForPolicy,
  },
};
