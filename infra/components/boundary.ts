import { Policy } from "@pulumi/aws/iam/policy";
import type { ComponentResource } from "@pulumi/pulumi";
import { documentText } from "../documents/policy-document";
import type { BoundaryPlan } from "../pipeline-boundaries";

export interface MadeBoundary {
  /** As plain text: whoever carries it says so at preview. */
  readonly arn: string;
  /** Whoever carries it comes after it. */
  readonly policy: Policy;
}

/** The policy that bounds what a pipeline makes; nothing where there is no pipeline. */
export function makeBoundary(
  parent: ComponentResource,
  logicalName: string,
  plan: BoundaryPlan | undefined,
): MadeBoundary | undefined {
  if (plan === undefined) return undefined;
  const { name, arn, description, document } = plan;
  const policy = new Policy(
    logicalName,
    { name, description, policy: documentText(document) },
    { parent },
  );
  return { arn, policy };
}
