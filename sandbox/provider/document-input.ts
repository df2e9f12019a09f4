import { sameDocument } from "./equality";
import { hasUnknown, unknown } from "./marks";
import { document } from "./problems";
import type { Input } from "./resource";

/** An IAM document, of every type that has one. */
export const documentInput: Input = {
  required: true,
  same: sameDocument,
  problem: document,
  // As the real provider: text is kept, and a document with an unknown part is unknown.
  kept: (given) => (hasUnknown(given) ? unknown : documentText(given)),
};

/** A program may give a document as an object. */
export const documentText = (given: unknown): string =>
  typeof given === "string" ? given : JSON.stringify(given);
