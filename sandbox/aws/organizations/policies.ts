import { parseControlDocument, sizeOf } from "../documents";
import { AwsError } from "../errors";
import { newLowerCaseId } from "../ids";
import type { ControlPolicy, StoredDocument } from "../model";
import type { Call } from "../operation";
import type { Fields } from "../service-models/fields";
import type { JsonOperation } from "../services/json";
import { requestTags } from "../tags";
import { attachedTo, policyArn } from "./organization";
import { page } from "./paging";
import {
  checkType,
  controlType,
  onlyManagement,
  policyIn,
  policyResource,
} from "./targets";

/** Characters. Source: AWS documentation, "Quotas and service limits for AWS Organizations". */
const largestPolicy = 5_120;

const ofType = () => ({ "organizations:PolicyType": controlType });

export const summary = ({ cloud }: Call, policy: ControlPolicy): Fields => ({
  Id: policy.id,
  Arn: policyArn(cloud, policy),
  Name: policy.name,
  Description: policy.description,
  Type: controlType,
  AwsManaged: policy.isAws,
});

const described = (call: Call, policy: ControlPolicy): Fields => ({
  Policy: {
    PolicySummary: summary(call, policy),
    Content: policy.document.text,
  },
});

function contentOf(text: string): StoredDocument {
  const document = parseControlDocument(text);
  if (sizeOf(document) <= largestPolicy) return document;
  throw new AwsError(
    "ConstraintViolation",
    `You have exceeded the maximum policy size: ${largestPolicy} characters.`,
  );
}

/** @throws AwsError DuplicatePolicy for a name that another policy has. */
function checkName({ cloud }: Call, name: string, id?: string): void {
  const policies = [...cloud.organization.policies.values()];
  if (!policies.some((one) => one.name === name && one.id !== id)) return;
  throw new AwsError(
    "DuplicatePolicy",
    `A policy with the same name already exists: ${name}.`,
  );
}

function createPolicy(call: Call): Fields {
  const { parameters, cloud } = call;
  checkType(parameters, "Type");
  const name = parameters.required("Name");
  checkName(call, name);
  const policy: ControlPolicy = {
    id: `p-${newLowerCaseId(8)}`,
    name,
    description: parameters.get("Description") ?? "",
    document: contentOf(parameters.required("Content")),
    isAws: false,
  };
  cloud.organization.policies.set(policy.id, policy);
  return described(call, policy);
}

/** @throws AwsError PolicyChangesNotAllowed for the one of AWS's own. */
function ownPolicyIn(call: Call): ControlPolicy {
  const policy = policyIn(call);
  if (!policy.isAws) return policy;
  throw new AwsError(
    "InvalidInput",
    `You can't change or delete a policy of AWS's own: ${policy.id}.`,
  );
}

function updatePolicy(call: Call): Fields {
  const { parameters } = call;
  const policy = ownPolicyIn(call);
  const name = parameters.get("Name") ?? policy.name;
  checkName(call, name, policy.id);
  const content = parameters.get("Content");
  if (content !== undefined) policy.document = contentOf(content);
  policy.name = name;
  policy.description = parameters.get("Description") ?? policy.description;
  return described(call, policy);
}

function deletePolicy(call: Call): Fields {
  const { organization } = call.cloud;
  const { id } = ownPolicyIn(call);
  const targets = organization.attachments.keys();
  if ([...targets].some((target) => attachedTo(organization, target).has(id))) {
    throw new AwsError(
      "PolicyInUse",
      `The policy is attached to one or more entities: ${id}. Detach it first.`,
    );
  }
  organization.policies.delete(id);
  return {};
}

const onPolicy = (run: (call: Call) => Fields): JsonOperation => ({
  beforeDecision: onlyManagement,
  resource: policyResource,
  context: ofType,
  run,
});

export const policyOperations: Readonly<Record<string, JsonOperation>> = {
  CreatePolicy: {
    ...onPolicy(createPolicy),
    lacks: ["Tags"],
    context: (call) => ({ ...ofType(), ...requestTags(call) }),
    resource: ({ cloud }) => policyArn(cloud, { id: "p-*", isAws: false }),
  },
  UpdatePolicy: onPolicy(updatePolicy),
  DeletePolicy: onPolicy(deletePolicy),
  DescribePolicy: onPolicy((call) => described(call, policyIn(call))),
  ListPolicies: {
    beforeDecision: onlyManagement,
    context: ofType,
    run: (call) => {
      checkType(call.parameters, "Filter");
      const policies = [...call.cloud.organization.policies.values()];
      return page(
        call,
        "Policies",
        policies.map((policy) => summary(call, policy)),
      );
    },
  },
};
