import { sameDocument } from "./equality";
import { hasUnknown, unknown } from "./wire-values";
import { document } from "./problems";
import type { Input } from "./resource";

const rules: Input = {
  same: sameDocument,
  problem: document,
  // As the real provider: text is kept, and a document with an unknown part is unknown.
  kept: (given) => (hasUnknown(given) ? unknown : documentText(given)),
};

/** A document of every type that has to have one. */
export const documentInput: Input = { required: true, ...rules };

/** IAM takes a document as text, and tells it encoded. */
export const iamDocumentInput: Input = {
  ...documentInput,
  told: (live?: string) => decodeURIComponent(live ?? ""),
};

/** One that AWS makes where it is left out. */
export const computedDocumentInput: Input = { computed: true, ...rules };

/** A program may give a document as an object. */
export function documentText(given: unknown): string {
  return typeof given === "string" ? given : JSON.stringify(given);
}
