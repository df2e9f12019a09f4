import type { DocumentKind } from "../decide/read";
import { unknownFinding, type Finding } from "../findings/finding";
import { grantForms, holderForms } from "../identities/forms";
import { readOnce } from "../identities/read";
import { resourcePolicies } from "../identities/resource-policies";
import { isPlainObject } from "../resources/plain-object";
import type { Resource } from "../resources/resource";
import { fieldOf, type Path } from "../resources/path";
import { isUnknown, pathToUnknown } from "../resources/unknown";
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
    return [
      ...documentsIn(resource).flatMap(({ path, value, kind }) =>
        judge(resource, path, value, kind),
      ),
      ...resourcePolicies(resource).flatMap((policy): readonly Finding[] =>
        policy.kind === "malformed"
          ? [malformed(resource, policy.field, policy.faults)]
          : [],
      ),
    ];
  },
};

interface DocumentField {
  readonly path: Path;
  readonly value: unknown;
  readonly kind: DocumentKind;
}

function documentsIn({ type, inputs }: Resource): readonly DocumentField[] {
  const holder = holderForms.get(type);
  const grant = grantForms.get(type);
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
    ...inlineDocuments(inputs, holder?.inline),
  ];
}

function inlineDocuments(
  inputs: Resource["inputs"],
  inline: { readonly list: string; readonly document: string } | undefined,
): readonly DocumentField[] {
  if (inline === undefined) return [];
  const { list, document } = inline;
  const entries = inputs[list];
  const kind = "identity";
  if (isUnknown(entries)) return [{ path: [list], value: entries, kind }];
  if (!Array.isArray(entries)) return [];
  return (entries as readonly unknown[]).flatMap(
    (entry, index): readonly DocumentField[] => {
      if (isUnknown(entry))
        return [{ path: [list, index], value: entry, kind }];
      return isPlainObject(entry) && entry[document] !== undefined
        ? [{ path: [list, index, document], value: entry[document], kind }]
        : [];
    },
  );
}

function judge(
  resource: Resource,
  path: Path,
  value: unknown,
  kind: DocumentKind,
): readonly Finding[] {
  const unknown = pathToUnknown(value);
  if (unknown !== undefined) {
    return [unknownFinding({ resource, path: [...path, ...unknown] })];
  }
  const reading = readOnce(value, kind);
  return reading.kind === "malformed"
    ? [malformed(resource, fieldOf(path), reading.faults)]
    : [];
}

const malformed = (
  resource: Resource,
  field: string,
  faults: readonly string[],
): Finding => ({
  kind: "wrong",
  resource,
  problem: `${field} is no policy document that IAM would take.`,
  witness: faults,
  remedy:
    "write it as IAM asks: JSON with a Version and statements, each with Effect, Action and what its place asks for.",
});
