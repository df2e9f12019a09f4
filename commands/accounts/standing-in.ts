import type { Document } from "../../policy-pack/decide/document";
import { withoutEnded } from "../../policy-pack/decide/ended";
import { oncePer } from "../../policy-pack/decide/once-per";

/** What of the document stands since the command was started: what had ended by then does nothing. */
export const standingIn = oncePer((document: Document): Document =>
  withoutEnded(document, startedAt),
);

const startedAt = new Date();
