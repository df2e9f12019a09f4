import {
  statementName,
  type Document,
  type Statement,
} from "../../policy-pack/decide/document";
import { standingIn } from "./standing-in";
import { readDocument, type DocumentKind } from "../../policy-pack/decide/read";
import { kindOf } from "./arn";
import type {
  LiveAccount,
  LiveIdentity,
  LiveRole,
  LiveUser,
  NamedDocument,
} from "./live-account";

/** IAM takes no document that is malformed, so that one is a document that we can't read. */
export class UnreadableDocument extends Error {}

/** What is found, or why it can't be: a document that it rests on can't be read. */
export function unlessUnreadable<T extends object>(find: () => T): T | string {
  try {
    return find();
  } catch (error) {
    if (error instanceof UnreadableDocument) return error.message;
    throw error;
  }
}

/** Which of an identity's policies count, by their names. */
export type Choice = (identity: LiveIdentity, policy: string) => boolean;

/** A text, read once: thousands of roles have the same one. */
interface Text {
  readonly reading: ReturnType<typeof readDocument>;
  readonly number: number;
  /** Its documents, by where they stand. */
  readonly standing: Map<string, Document>;
}

const texts = new Map<DocumentKind, Map<string, Text>>();
const sources = new WeakMap<Statement, string>();
const numbers = new WeakMap<Document, number>();
let lastNumber = 0;

const nextNumber = (): number => (lastNumber += 1);

function textOf(text: string, kind: DocumentKind): Text {
  const ofKind = texts.get(kind) ?? new Map<string, Text>();
  texts.set(kind, ofKind);
  const known = ofKind.get(text);
  if (known !== undefined) return known;
  const reading = readDocument(text, kind);
  const read = { reading, number: nextNumber(), standing: new Map() };
  ofKind.set(text, read);
  return read;
}

function readOne(
  { text, name }: NamedDocument,
  kind: DocumentKind,
): Document | UnreadableDocument {
  if (text === "") return new UnreadableDocument(`${name} is not there`);
  const { reading, number, standing } = textOf(text, kind);
  if (reading.kind === "malformed") {
    return new UnreadableDocument(
      `${name} can't be read: ${reading.faults.join("; ")}`,
    );
  }
  const known = standing.get(name);
  if (known !== undefined) return known;
  // Statements of its own, which tell where they stand; what they hold is shared.
  const statements = standingIn(reading.document).statements.map((one) => ({
    ...one,
  }));
  for (const statement of statements) sources.set(statement, name);
  const document = { statements };
  numbers.set(document, number);
  standing.set(name, document);
  return document;
}

/** @throws UnreadableDocument that names each of those that can't be read. */
export function readTexts(
  all: readonly NamedDocument[],
  kind: DocumentKind,
): readonly Document[] {
  const documents: Document[] = [];
  const faults: string[] = [];
  for (const source of all) {
    const reading = readOne(source, kind);
    if (reading instanceof UnreadableDocument) faults.push(reading.message);
    else documents.push(reading);
  }
  if (faults.length === 0) return documents;
  throw new UnreadableDocument(faults.join("; "));
}

/** A policy that allows whatever others do not deny. */
export const everything: NamedDocument = {
  name: "another policy",
  text: JSON.stringify({
    Version: "2012-10-17",
    Statement: { Effect: "Allow", Action: "*", Resource: "*" },
  }),
};

/** The same for documents of the same text, wherever they stand in the accounts that were read. */
export function documentNumber(document: Document): number {
  const number = numbers.get(document) ?? nextNumber();
  numbers.set(document, number);
  return number;
}

/** @throws UnreadableDocument */
export function trustOf({ name, trust }: LiveRole): Document {
  const source = { text: trust, name: `the trust policy of ${name}` };
  const reading = readOne(source, "trust");
  if (reading instanceof UnreadableDocument) throw reading;
  return reading;
}

/**
 * What stands on the identity itself, and is attached to it.
 *
 * @throws UnreadableDocument
 */
export function readPolicies(
  { managedPolicies }: LiveAccount,
  identity: LiveIdentity,
  choice: Choice = () => true,
): readonly Document[] {
  const { arn: holder, inlinePolicies, attachedPolicies } = identity;
  const who = `${kindOf(holder)} ${identity.name}`;
  const counts = ({ name }: { readonly name: string }): boolean =>
    choice(identity, name);
  return readTexts(
    [
      ...inlinePolicies.filter(counts).map(({ name, text }) => ({
        text,
        name: `policy ${name} of the ${who}`,
      })),
      ...attachedPolicies.filter(counts).map(({ name, arn }) => ({
        text: managedPolicies.get(arn) ?? "",
        name: `managed policy ${name} on the ${who}`,
      })),
    ],
    "identity",
  );
}

/**
 * @returns undefined where there is no boundary.
 * @throws UnreadableDocument
 */
export function readBoundary(
  { managedPolicies }: LiveAccount,
  { boundary: arn }: LiveUser | LiveRole,
): readonly Document[] | undefined {
  if (arn === undefined) return undefined;
  const text = managedPolicies.get(arn) ?? "";
  return readTexts([{ text, name: `the boundary ${arn}` }], "identity");
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
