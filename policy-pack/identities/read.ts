import type { DocumentKind, Reading } from "../decide/read";
import { readDocument } from "../decide/read";
import { pathToUnknown } from "../resources/unknown";
import type { PolicyContent } from "./identity";

const readings = new Map<string, Reading>();

/** Reads a document once, however many rules ask for it. */
export function readOnce(value: unknown, kind: DocumentKind): Reading {
  const key = `${kind} ${typeof value === "string" ? value : JSON.stringify(value)}`;
  const known = readings.get(key);
  if (known !== undefined) return known;
  const reading = readDocument(value, kind);
  readings.set(key, reading);
  return reading;
}

/** @param at where the value stands in its resource */
export function contentOf(
  value: unknown,
  at: readonly (string | number)[],
): PolicyContent {
  const unknown = pathToUnknown(value);
  if (unknown !== undefined) {
    return { kind: "unknown", path: [...at, ...unknown] };
  }
  const reading = readOnce(value, "identity");
  return reading.kind === "document"
    ? { kind: "document", document: reading.document }
    : { kind: "malformed" };
}
