import type { Document } from "../../../policy-pack/decide/document";
import {
  readDocument,
  type DocumentKind,
} from "../../../policy-pack/decide/read";

/** @throws Error with what is wrong, when it is malformed. */
export function readWell(value: unknown, kind: DocumentKind): Document {
  const reading = readDocument(value, kind);
  if (reading.kind === "document") return reading.document;
  throw new Error(reading.faults.join("\n"));
}
