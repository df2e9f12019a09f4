import {
  statementName,
  type Document,
  type Statement,
} from "../../policy-pack/decide/document";
import { readDocument, type DocumentKind } from "../../policy-pack/decide/read";
import type {
  LiveAccount,
  LiveGroup,
  LiveIdentity,
  LiveRole,
  LiveUser,
} from "./live-account";

/** IAM takes no document that is malformed, so that one is a document that we can't read. */
interface Unreadable {
  readonly kind: "unreadable";
  readonly why: string;
}

export type DocumentReading =
  { readonly kind: "read"; readonly document: Document } | Unreadable;

export type Documents =
  | { readonly kind: "read"; readonly documents: readonly Document[] }
  | Unreadable;

/** Which of an identity's policies count, by their names. */
export type Choice = (identity: LiveIdentity, policy: string) => boolean;

/** Where a document stands in an account, and what a person would call it. */
interface Source {
  readonly text: string;
  readonly name: string;
}

const readings = new Map<string, DocumentReading>();
const sources = new WeakMap<Statement, string>();

/** Texts are read once: the same ones are asked about again and again. */
function readOne({ text, name }: Source, kind: DocumentKind): DocumentReading {
  const key = JSON.stringify([kind, name, text]);
  const known = readings.get(key);
  if (known !== undefined) return known;
  const reading = read(text, name, kind);
  readings.set(key, reading);
  return reading;
}

function read(text: string, name: string, kind: DocumentKind): DocumentReading {
  const reading = readDocument(text, kind);
  if (reading.kind === "malformed") {
    const why = `${name} can't be read: ${reading.faults.join("; ")}`;
    return { kind: "unreadable", why };
  }
  const { document } = reading;
  for (const statement of document.statements) sources.set(statement, name);
  numbers.set(document, numberOfText(`${kind} ${text}`));
  return { kind: "read", document };
}

const numbersOfTexts = new Map<string, number>();
const numbers = new WeakMap<Document, number>();

function numberOfText(text: string): number {
  const number = numbersOfTexts.get(text) ?? numbersOfTexts.size;
  numbersOfTexts.set(text, number);
  return number;
}

/** The same for documents of the same text, wherever they stand in the accounts that were read. */
export function documentNumber(document: Document): number {
  const number =
    numbers.get(document) ?? numberOfText(`not read ${numbersOfTexts.size}`);
  numbers.set(document, number);
  return number;
}

/** All of the documents, or none where one can't be read. */
export function together(all: readonly DocumentReading[]): Documents {
  const faults = all.flatMap((one) =>
    one.kind === "unreadable" ? [one.why] : [],
  );
  return faults.length > 0
    ? { kind: "unreadable", why: faults.join("; ") }
    : {
        kind: "read",
        documents: all.flatMap((one) =>
          one.kind === "read" ? [one.document] : [],
        ),
      };
}

export const readTrust = ({ name, trust }: LiveRole): DocumentReading =>
  readOne({ text: trust, name: `the trust policy of ${name}` }, "trust");

/** What stands on the identity itself, and is attached to it. */
export function readPolicies(
  { managedPolicies }: LiveAccount,
  what: "user" | "group" | "role",
  identity: LiveIdentity,
  choice: Choice = () => true,
): readonly DocumentReading[] {
  const counts = ({ name }: { readonly name: string }): boolean =>
    choice(identity, name);
  const found: readonly Source[] = [
    ...identity.inlinePolicies.filter(counts).map(({ name, text }) => ({
      text,
      name: `policy ${name} of the ${what} ${identity.name}`,
    })),
    ...identity.attachedPolicies.filter(counts).map(({ name, arn }) => ({
      text: managedPolicies.get(arn) ?? "",
      name: `managed policy ${name} on the ${what} ${identity.name}`,
    })),
  ];
  return found.map((source) => readOne(source, "identity"));
}

export const groupsOf = (
  { groups }: LiveAccount,
  user: LiveUser,
): readonly LiveGroup[] =>
  groups.filter(({ name }) => user.groups.includes(name));

/** A user's own documents and those of the user's groups. */
export const readUserPolicies = (
  account: LiveAccount,
  user: LiveUser,
  choice?: Choice,
): readonly DocumentReading[] => [
  ...readPolicies(account, "user", user, choice),
  ...groupsOf(account, user).flatMap((group) =>
    readPolicies(account, "group", group, choice),
  ),
];

/** @returns undefined where there is no boundary. */
export const readBoundary = (
  { managedPolicies }: LiveAccount,
  arn: string | undefined,
): readonly DocumentReading[] | undefined =>
  arn === undefined
    ? undefined
    : [
        readOne(
          {
            text: managedPolicies.get(arn) ?? "",
            name: `the boundary ${arn}`,
          },
          "identity",
        ),
      ];

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
