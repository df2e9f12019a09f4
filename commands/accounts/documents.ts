import {
  statementName,
  type Document,
  type Statement,
} from "../../policy-pack/decide/document";
import { readDocument, type DocumentKind } from "../../policy-pack/decide/read";
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

const readings = new Map<string, Document | UnreadableDocument>();
const sources = new WeakMap<Statement, string>();

/** Texts are read once: the same ones are asked about again and again. */
function readOne(source: NamedDocument, kind: DocumentKind) {
  const key = JSON.stringify([kind, source.name, source.text]);
  const reading = readings.get(key) ?? read(source, kind);
  readings.set(key, reading);
  return reading;
}

function read({ text, name }: NamedDocument, kind: DocumentKind) {
  if (text === "") return new UnreadableDocument(`${name} is not there`);
  const reading = readDocument(text, kind);
  if (reading.kind === "malformed") {
    return new UnreadableDocument(
      `${name} can't be read: ${reading.faults.join("; ")}`,
    );
  }
  const { document } = reading;
  for (const statement of document.statements) sources.set(statement, name);
  numbers.set(document, numberOfText(`${kind} ${text}`));
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

/** `user`, `group` or `role`, as the ARN says. */
export const kindOf = (arn: string): string =>
  /^arn:[^:]+:iam::\d+:(\w+)\//.exec(arn)?.[1] ?? "identity";

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
