import type { Resource } from "../resources/resource";
import { factOf } from "../resources/resource";
import type { Path } from "../resources/path";
import { isUnknown } from "../resources/unknown";
import { awsManagedPolicy } from "./aws-managed";
import { grantForms } from "./forms";
import type { PolicyContent } from "./identity";
import { contentOf } from "./read";

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
    const value = resource.inputs[property];
    if (value === undefined || value === null) return [];
    const sources = resource.propertyDependencies[property] ?? [];
    if (isUnknown(value)) return this.behind(sources, [property]);
    if (!Array.isArray(value)) {
      return [this.byArn(value)];
    }
    const entries = value as readonly unknown[];
    const known = entries.filter((one) => !isUnknown(one));
    const unknown = entries.findIndex(isUnknown);
    return [
      ...known.map((arn) => this.byArn(arn)),
      ...(unknown < 0 ? [] : this.behind(sources, [property, unknown])),
    ];
  }

  /** An ARN that nobody knows yet comes from a policy of the stack, or from who knows where. */
  private behind(
    sources: readonly string[],
    path: Path,
  ): readonly PolicyContent[] {
    const found = this.own.filter(({ resource }) =>
      sources.includes(resource.urn),
    );
    return found.length === 0
      ? [{ kind: "unknown", path }]
      : found.map(({ content }) => content);
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
function isArnOf(resource: Resource, arn: string): boolean {
  const own = factOf(resource, "arn") ?? factOf(resource, "policyArn");
  if (typeof own === "string" && !isUnknown(own)) return own === arn;
  const name =
    factOf(resource, "name") ?? factOf(resource, "managedPolicyName");
  const path = factOf(resource, "path") ?? "/";
  return (
    typeof name === "string" &&
    typeof path === "string" &&
    arn.endsWith(`:policy${path}${name}`)
  );
}
