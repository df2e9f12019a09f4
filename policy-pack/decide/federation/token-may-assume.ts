import type { Document } from "../document";
import type { Effort } from "../effort";
import { search, type Verdict } from "../search";
import { tokenCase } from "./token-search";

/** Whether some token of the provider takes the role. */
export function tokenMayAssume(
  trust: Document,
  provider: string,
  effort: Effort,
): Verdict {
  const { caller, given, derived, preferred } = tokenCase(trust, provider);
  return search({
    layers: [[trust]],
    caller,
    given,
    derived,
    preferred,
    effort,
  });
}
