import type { Tag } from "../model";
import { perAccount } from "../per-account";
import type { Fields } from "./json-body";

export interface Rule {
  /** As AWS tells it; JSON leaves out what is undefined. */
  readonly description: Fields;
  /** The description's `EventPattern`, as it was read when the rule was made. */
  readonly pattern: Fields;
  tags: readonly Tag[];
  readonly targets: Map<string, Fields>;
}

/** By ARN: a rule is one region's. */
export const rulesOf = perAccount(() => new Map<string, Rule>());
