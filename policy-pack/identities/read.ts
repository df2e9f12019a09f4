import { readDocument, type DocumentKind, type Reading } from "../decide/read";
import type { Path } from "../resources/path";
import { pathToUnknown } from "../resources/unknown";
import type { PolicyContent } from "./identity";

const readings: Readonly<Record<DocumentKind, Map<string, Reading>>> = {
  trust: new Map(),
  identity: new Map(),
  resource: new Map(),
};

export type PolicyReading =
  | Reading
  /** The way to the value inside that nobody knows yet. */
  | { readonly kind: "unknown"; readonly path: Path };

/** Reads a document once, however many rules ask for it; one that is not known is not read. */
export function readPolicy(value: unknown, kind: DocumentKind): PolicyReading {
  const unknown = pathToUnknown(value);
  if (unknown !== undefined) return { kind: "unknown", path: unknown };
  const text = typeof value === "string" ? value : JSON.stringify(value);
  const known = readings[kind].get(text);
  if (known !== undefined) return known;
  const reading = readDocument(value, kind);
  readings[kind].set(text, reading);
  return reading;
}

/** @param at where the value stands in its resource */
export function contentOf(value: unknown, at: Path): PolicyContent {
  const reading = readPolicy(value, "identity");
  switch (reading.kind) {
    case "document":
      return reading;
    case "malformed":
      return { kind: "malformed" };
    case "unknown":
      return { kind: "unknown", path: [...at, ...reading.path] };
  }
}
