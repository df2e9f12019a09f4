import type { DocumentKind } from "../decide/read";
import { unknownFinding, wrong, type Finding } from "../findings/finding";
import { policyGrantForms, holderForms } from "../identities/forms";
import { inlineDocuments } from "../identities/own-policies";
import { readPolicy } from "../identities/read";
import { resourcePolicies } from "../identities/resource-policies";
import type { Resource } from "../resources/resource";
import { fieldOf, type Path } from "../resources/path";
import type { Rule } from "./rule";

/** The other rules say nothing of a document that can't be read: IAM would refuse it. */
export const documentsAreWellFormed: Rule = {
  name: "documents-are-well-formed",
  title: "Documents are well-formed",
  description:
    "Every policy document is one that IAM takes; what it allows can't be decided otherwise.",
  severity: "medium",
  enforcementLevel: "mandatory",
  remedy: "Write the document in IAM's grammar.",
  judgeResource(resource) {
    if (isOnlyRead(resource)) return [];
    return [
      ...documentsIn(resource).flatMap(({ path, value, kind }) =>
        judge(resource, path, value, kind),
      ),
      ...resourcePolicies(resource).flatMap((policy): readonly Finding[] => {
        switch (policy.kind) {
          case "policy":
            return [];
          case "malformed":
            return [
              policy.isDocument
                ? malformed(resource, policy.field, policy.faults)
                : namesNobody(resource, policy.field, policy.faults),
            ];
          case "unknown":
            return [unknownFinding(policy.value)];
        }
      }),
    ];
  },
};

/**
 * A state has what a program reads (`Role.get`) without inputs, and as it lies in AWS in the outputs. What
 * a program makes of these types has inputs, or its provider refuses it.
 */
const isOnlyRead = ({ inputs, within }: Resource): boolean =>
  within === undefined && Object.keys(inputs).length === 0;

interface DocumentField {
  readonly path: Path;
  readonly value: unknown;
  readonly kind: DocumentKind;
}

function documentsIn(resource: Resource): readonly DocumentField[] {
  const { type, inputs } = resource;
  const holder = holderForms.get(type);
  const grant = policyGrantForms.get(type);
  const trust = holder?.trust;
  const document = grant?.document;
  return [
    ...(trust === undefined
      ? []
      : [{ path: [trust], value: inputs[trust], kind: "trust" as const }]),
    ...(document === undefined
      ? []
      : [
          {
            path: [document],
            value: inputs[document],
            kind: "identity" as const,
          },
        ]),
    ...inlineDocuments(resource).map(({ path, value }) => ({
      path,
      value,
      kind: "identity" as const,
    })),
  ];
}

function judge(
  resource: Resource,
  path: Path,
  value: unknown,
  kind: DocumentKind,
): readonly Finding[] {
  const reading = readPolicy(value, kind);
  switch (reading.kind) {
    case "document":
      return [];
    case "malformed":
      return [malformed(resource, fieldOf(path), reading.faults)];
    case "unknown":
      return [unknownFinding({ resource, path: [...path, ...reading.path] })];
  }
}

const malformed = (
  resource: Resource,
  field: string,
  faults: readonly string[],
): Finding =>
  wrong(
    resource,
    `${field} is no policy document that IAM would take.`,
    "write it as IAM asks: JSON with a Version and statements, each with Effect, Action and what its place asks for.",
    { field, witness: faults },
  );

/** What AWS is to make a policy of. */
const namesNobody = (
  resource: Resource,
  field: string,
  faults: readonly string[],
): Finding =>
  wrong(
    resource,
    `${field} names nobody whom a policy of AWS's could let in.`,
    "name an account by its id, an account, a user or a role by its ARN, or a service.",
    {
      field,
      witness: faults.map((one) => one.replace(/^Statement\[1\][\w.]*/, field)),
    },
  );
