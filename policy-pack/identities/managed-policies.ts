import type { Document } from "../decide/document";
import { accountOf, isInAccountOf } from "../resources/account";
import { isPlainObject } from "../resources/plain-object";
import { knownText, type Resource } from "../resources/resource";
import { awsManagedPolicy } from "./aws-managed";
import { policyGrantForms } from "./forms";
import { grouped } from "./grouped";
import type { HeldPolicy } from "./identity";
import { contentOf } from "./read";
import { resolve } from "./references";

type ManagedPolicy = Pick<HeldPolicy, "resource" | "content">;

/** The managed policies that may be named: those of the stack, and AWS's own. */
export class ManagedPolicies {
  private readonly byUrn: ReadonlyMap<string, ManagedPolicy>;
  private readonly byName: ReadonlyMap<string, readonly ManagedPolicy[]>;

  constructor(resources: readonly Resource[]) {
    const own = resources.flatMap((resource) => {
      const form = policyGrantForms.get(resource.type);
      if (form?.isManagedPolicy !== true || form.document === undefined) {
        return [];
      }
      const { document } = form;
      const content = contentOf(resource.inputs[document], [document]);
      return [{ resource, content }];
    });
    this.byUrn = new Map(own.map((one) => [one.resource.urn, one]));
    this.byName = grouped(own, ({ resource }) => nameOf(resource));
  }

  /**
   * The policies that a property of a resource names.
   *
   * @param field one ARN, or a list of them
   */
  namedBy(resource: Resource, field: string): readonly HeldPolicy[] {
    const named = (
      content: HeldPolicy["content"],
      name: HeldPolicy["name"],
    ): HeldPolicy => ({ resource, field, content, form: "managed", name });
    const byCandidate = (policy: ManagedPolicy) =>
      named(policy.content, policy.resource);
    return resolve<ManagedPolicy, HeldPolicy>(resource, field, {
      candidate: (urn) => this.byUrn.get(urn),
      isNamed: (policy, arn) => isArnOf(policy.resource, arn),
      byValue: (value) => {
        const arn = policyNamed(value);
        if (arn === undefined) {
          return named({ kind: "malformed" }, undefined);
        }
        const ofAws = awsManagedPolicy(arn);
        if (ofAws !== undefined) return named(ofAws, arn);
        const own = this.byArn(resource, arn);
        return own === undefined
          ? named({ kind: "unseen", named: arn }, arn)
          : byCandidate(own);
      },
      byCandidate,
      unknown: (path) => named({ kind: "unknown", path }, undefined),
    });
  }

  /** The document of an ARN that a policy of the resource's speaks of; undefined: it can't be read. */
  documentOf(resource: Resource, arn: string): Document | undefined {
    const content = awsManagedPolicy(arn) ?? this.byArn(resource, arn)?.content;
    return content?.kind === "document" ? content.document : undefined;
  }

  /** Accounts may have policies of the same name: the one in the resource's own account counts. */
  private byArn(resource: Resource, arn: string): ManagedPolicy | undefined {
    const named = this.byName.get(lastPart(arn)) ?? [];
    const candidates = named.filter((one) => isArnOf(one.resource, arn));
    const own = candidates.filter((one) =>
      isInAccountOf(one.resource, resource),
    );
    const [first, ...others] = own.length > 0 ? own : candidates;
    return others.length === 0 ? first : undefined;
  }
}

const lastPart = (arn: string): string => arn.slice(arn.lastIndexOf("/") + 1);

const arnOf = (resource: Resource): string | undefined =>
  knownText(resource, "arn") ?? knownText(resource, "policyArn");

function nameOf(resource: Resource): string | undefined {
  const arn = arnOf(resource);
  return arn === undefined
    ? (knownText(resource, "name") ?? knownText(resource, "managedPolicyName"))
    : lastPart(arn);
}

/** An ARN; of Identity Center a policy's name, under which each account has one of its own. */
function policyNamed(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  if (!isPlainObject(value)) return undefined;
  const { managedPolicyArn, customerManagedPolicyReference, name } = value;
  if (typeof name === "string") return `the customer managed policy ${name}`;
  return policyNamed(managedPolicyArn ?? customerManagedPolicyReference);
}

/** Before the deployment a policy has a path and a name, but no ARN yet. */
function isArnOf(resource: Resource, arn: unknown): boolean {
  if (typeof arn !== "string") return false;
  const own = arnOf(resource);
  if (own !== undefined) return own === arn;
  const name = nameOf(resource);
  const path = knownText(resource, "path") ?? "/";
  const account = accountOf(resource);
  return (
    name !== undefined &&
    arn.endsWith(`:policy${path}${name}`) &&
    (account === undefined || arn.includes(`::${account}:`))
  );
}
