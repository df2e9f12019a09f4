import type { Document, Statement } from "../decide/document";
import type { Path } from "../resources/path";
import type { Resource } from "../resources/resource";
import type { UnknownValue } from "../resources/unknown-value";
import type { HolderKind } from "./forms";

/** A user, group or role with all that the stack gives it, in whichever form. */
export interface Identity {
  readonly kind: HolderKind;
  /** In AWS; undefined: not known before the deployment. */
  readonly name: string | undefined;
  readonly account: string | undefined;
  /** undefined: it belongs to another stack, and this one only gives it policies. */
  readonly resource: Resource | undefined;
  readonly policies: readonly HeldPolicy[];
  readonly boundary: HeldPolicy | undefined;
  /** What its policies name as the boundary of others, as far as that can be read. */
  readonly bounding?: readonly BoundingPolicy[];
  /** Of a user. */
  readonly groups: readonly Identity[];
  /** Of a user: groups that an exclusive list may take it out of again. */
  readonly uncertainGroups?: readonly Identity[];
  /** A membership may be of this user, or in a further group: its names are not known yet. */
  readonly mayBeInMoreGroups: boolean;
}

/** A managed policy, by the ARN that a condition has, which may have variables. */
export interface BoundingPolicy {
  readonly arn: string;
  readonly document: Document;
}

/** A policy, where it comes from, and what it says. */
export interface HeldPolicy {
  readonly resource: Resource;
  readonly field: string;
  readonly content: PolicyContent;
  readonly form: PolicyForm;
  readonly name: PolicyName;
}

export type PolicyForm = "inline" | "managed";

/**
 * What a list names a policy by: the name of an inline one; of a managed one its resource, or the
 * ARN of one of another stack. undefined: not known.
 */
export type PolicyName = Resource | string | undefined;

export type PolicyContent =
  | { readonly kind: "document"; readonly document: Document }
  | { readonly kind: "malformed" }
  /** It stands neither in the stack nor in the data of AWS's own policies. */
  | { readonly kind: "unseen"; readonly named: string }
  /** Not known before the deployment: the way to the value in its resource's inputs. */
  | { readonly kind: "unknown"; readonly path: Path };

/** What may be gone after the deployment counts for what it allows, never for what it denies. */
export function withoutDenies(policy: HeldPolicy): HeldPolicy {
  const { content } = policy;
  if (content.kind !== "document") return policy;
  const statements = content.document.statements.filter(
    ({ effect }) => effect === "Allow",
  );
  return { ...policy, content: { kind: "document", document: { statements } } };
}

/** The policy that one of the statements comes from. */
export const sourceOf = (
  policies: readonly HeldPolicy[],
  statements: readonly Statement[],
): HeldPolicy | undefined =>
  policies.find(
    ({ content }) =>
      content.kind === "document" &&
      content.document.statements.some((one) => statements.includes(one)),
  );

export const documentsOf = (
  policies: readonly HeldPolicy[],
): readonly Document[] =>
  policies.flatMap(({ content }) =>
    content.kind === "document" ? [content.document] : [],
  );

export const unseenOf = (policies: readonly HeldPolicy[]): readonly string[] =>
  policies.flatMap(({ content }) =>
    content.kind === "unseen" ? [content.named] : [],
  );

export const unknownOf = (
  policies: readonly HeldPolicy[],
): readonly UnknownValue[] =>
  policies.flatMap(({ resource, content }) =>
    content.kind === "unknown" ? [{ resource, path: content.path }] : [],
  );
