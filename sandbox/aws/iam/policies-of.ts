import type {
  Group,
  ManagedPolicy,
  Role,
  StoredDocument,
  User,
} from "../model";
import type { Call } from "../operation";
import {
  arnOf,
  documentOf,
  groupsOf,
  identityKinds,
  mapOf,
  policyAt,
  type IdentityKind,
} from "./entities";
import { invalidInput, noSuchEntity } from "../errors";

/** Whom or what a request about permissions is on. */
export type Subject =
  | { readonly kind: "User"; readonly identity: User }
  | { readonly kind: "Role"; readonly identity: Role }
  | { readonly kind: "Group"; readonly identity: Group }
  | { readonly kind: "Policy"; readonly policy: ManagedPolicy };

const subjectArn =
  /^arn:aws[a-z-]*:iam::(\d{12}|aws):(user|role|group|policy)\/[!-~]+$/;

/** The ARN in that parameter, whether or not somebody is there. @throws AwsError InvalidInput. */
export function subjectArnIn({ parameters }: Call, name: string): string {
  const arn = parameters.required(name);
  if (subjectArn.test(arn) && !/[*?]/.test(arn)) return arn;
  throw invalidInput(`ARN ${arn} is not valid.`);
}

/** @throws AwsError NoSuchEntity. */
export function subjectAt(call: Call, arn: string): Subject {
  const policy = policyAt(call, arn);
  if (policy) return { kind: "Policy", policy };
  for (const kind of identityKinds) {
    for (const identity of mapOf(call, kind).values()) {
      if (arnOf(call, kind, identity) === arn)
        return { kind, identity } as Subject;
    }
  }
  throw noSuchEntity(`ARN ${arn}`);
}

/** A policy that speaks for somebody, and by whom it comes to them. */
export interface SpeakingPolicy {
  readonly name: string;
  /** Of a managed one. */
  readonly arn?: string;
  readonly holder?: { readonly kind: IdentityKind; readonly name: string };
  readonly document: StoredDocument;
}

/** A user's own policies and those of its groups; what a group, a role or a policy says itself. */
export function policiesOf(
  call: Call,
  subject: Subject,
): readonly SpeakingPolicy[] {
  if (subject.kind === "Policy") return managed(subject.policy);
  const { kind, identity } = subject;
  const groups = kind === "User" ? groupsOf(call.account, identity) : [];
  return [
    ...ownPolicies(call, kind, identity),
    ...groups.flatMap((group) => ownPolicies(call, "Group", group)),
  ];
}

const ownPolicies = (
  call: Call,
  kind: IdentityKind,
  { name: holder, inlinePolicies, attachedPolicies }: Group,
): readonly SpeakingPolicy[] => [
  ...[...inlinePolicies].map(([name, document]) => ({
    name,
    holder: { kind, name: holder },
    document,
  })),
  ...[...attachedPolicies].flatMap((arn) => {
    const policy = policyAt(call, arn);
    return policy ? managed(policy) : [];
  }),
];

function managed(policy: ManagedPolicy): readonly SpeakingPolicy[] {
  const { arn, name } = policy;
  const document = documentOf(policy);
  return document ? [{ name, arn, document }] : [];
}
