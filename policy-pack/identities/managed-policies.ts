import { accountOf } from "../resources/account";
import { knownText, type Resource } from "../resources/resource";
import { awsManagedPolicy } from "./aws-managed";
import { grantForms } from "./forms";
import type { PolicyContent } from "./identity";
import { contentOf } from "./read";
import { resolve } from "./references";

interface ManagedPolicy {
  readonly resource: Resource;
  readonly content: PolicyContent;
}

/** The managed policies that may be named: those of the stack, and AWS's own. */
export class ManagedPolicies {
  private readonly own: readonly ManagedPolicy[];

  constructor(resources: readonly Resource[]) {
    this.own = resources.flatMap((resource) => {
      const form = grantForms.get(resource.type);
      if (form?.isManagedPolicy !== true || form.document === undefined) {
        return [];
      }
      const { document } = form;
      const content = contentOf(resource.inputs[document], [document]);
      return [{ resource, content }];
    });
  }

  /**
   * What the policies say that a property of a resource names.
   *
   * @param property one ARN, or a list of them
   */
  namedBy(resource: Resource, property: string): readonly PolicyContent[] {
    return resolve<ManagedPolicy, PolicyContent>(resource, property, {
      candidates: this.own,
      isNamed: (policy, arn) => isArnOf(policy.resource, arn),
      byValue: (arn) => this.byArn(arn),
      byCandidate: ({ content }) => content,
      unknown: (path) => ({ kind: "unknown", path }),
    });
  }

  private byArn(arn: unknown): PolicyContent {
    if (typeof arn !== "string") return { kind: "malformed" };
    return (
      awsManagedPolicy(arn) ??
      this.own.find(({ resource }) => isArnOf(resource, arn))?.content ?? {
        kind: "unseen",
        named: arn,
      }
    );
  }
}

/** Before the deployment a policy has a path and a name, but no ARN yet. */
function isArnOf(resource: Resource, arn: unknown): boolean {
  if (typeof arn !== "string") return false;
  const own = knownText(resource, "arn") ?? knownText(resource, "policyArn");
  if (own !== undefined) return own === arn;
  const name =
    knownText(resource, "name") ?? knownText(resource, "managedPolicyName");
  const path = knownText(resource, "path") ?? "/";
  const account = accountOf(resource);
  return (
    name !== undefined &&
    arn.endsWith(`:policy${path}${name}`) &&
    (account === undefined || arn.includes(`::${account}:`))
  );
}
