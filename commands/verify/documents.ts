import {
  statementName,
  type Document,
  type Statement,
} from "../../policy-pack/decide/document";
import { readDocument, type DocumentKind } from "../../policy-pack/decide/read";
import type { LiveIdentity, LiveAccount } from "../accounts/live-account";

/** A document as it stands in an account, and what a person would call it. */
interface Source {
  readonly text: string;
  readonly name: string;
}

export type Documents =
  | { readonly kind: "read"; readonly documents: readonly Document[] }
  /** IAM takes no such document, so that this is one that we can't read. */
  | { readonly kind: "unreadable"; readonly why: string };

const readings = new Map<string, Documents>();
const sources = new WeakMap<Statement, string>();

function readOne({ text, name }: Source, kind: DocumentKind): Documents {
  const key = JSON.stringify([kind, name, text]);
  const known = readings.get(key);
  if (known !== undefined) return known;
  const reading = readDocument(text, kind);
  const documents: Documents =
    reading.kind === "document"
      ? { kind: "read", documents: [reading.document] }
      : {
          kind: "unreadable",
          why: `${name} can't be read: ${reading.faults.join("; ")}`,
        };
  if (documents.kind === "read") {
    for (const { statements } of documents.documents)
      for (const statement of statements) sources.set(statement, name);
  }
  readings.set(key, documents);
  return documents;
}

function readAll(all: readonly Source[], kind: DocumentKind): Documents {
  const documents: Document[] = [];
  for (const source of all) {
    const reading = readOne(source, kind);
    if (reading.kind === "unreadable") return reading;
    documents.push(...reading.documents);
  }
  return { kind: "read", documents };
}

export const readTrust = (role: string, text: string): Documents =>
  readAll([{ text, name: `the trust policy of ${role}` }], "trust");

/** What stands on the holder itself, and is attached to it. */
function sourcesOn(
  { managedPolicies }: LiveAccount,
  what: string,
  holder: LiveIdentity,
): readonly Source[] {
  return [
    ...holder.inlinePolicies.map(({ name, text }) => ({
      text,
      name: `policy ${name} of the ${what} ${holder.name}`,
    })),
    ...holder.attachedPolicies.map(({ name, arn }) => ({
      text: managedPolicies.get(arn)?.text ?? "",
      name: `managed policy ${name} on the ${what} ${holder.name}`,
    })),
  ];
}

/** A user's own documents and those of the user's groups. */
export function readPermissions(
  account: LiveAccount,
  user: LiveAccount["users"][number],
): Documents {
  const groups = account.groups.filter(({ name }) =>
    user.groups.includes(name),
  );
  return readAll(
    [
      ...sourcesOn(account, "user", user),
      ...groups.flatMap((group) => sourcesOn(account, "group", group)),
    ],
    "identity",
  );
}

/** @returns undefined where there is no boundary. */
export function readBoundary(
  { managedPolicies }: LiveAccount,
  arn: string | undefined,
): Documents | undefined {
  if (arn === undefined) return undefined;
  const policy = managedPolicies.get(arn);
  return readAll(
    [{ text: policy?.text ?? "", name: `the boundary ${arn}` }],
    "identity",
  );
}

/** Where the statements stand: `statement 1 ("X") in policy roles of the group team-operations`. */
export const placesOf = (statements: readonly Statement[]): string =>
  [
    ...new Set(
      statements.map((one) => {
        const source = sources.get(one);
        return source === undefined
          ? statementName(one)
          : `${statementName(one)} in ${source}`;
      }),
    ),
  ].join(" and ");
