import { mayChangeAccounts } from "./account-power";
import {
  isAdministrator,
  mayChangeIam,
  mayPassAnyRole,
  mayUseAnyService,
  type Permissions,
} from "./powers";
import type { Verdict } from "./search";

/** How much an identity can do, by what tells weak ones from strong ones. */
export interface Power {
  /**
   * `all`: make itself anything, or get into every account. `some`: change IAM somehow, or pass a role
   * of any name.
   */
  readonly iam: "all" | "some" | "none";
  readonly usesAnyService: boolean;
}

/**
 * Which answers count as power: what is proven, or all that could not be ruled out. They differ where
 * a question is undecided.
 */
export type Counting = "proven" | "not ruled out";

export function powerOf(permissions: Permissions, counting: Counting): Power {
  const holds = ({ answer }: Verdict): boolean =>
    counting === "proven" ? answer === "open" : answer !== "closed";
  const changesIam = holds(mayChangeIam(permissions));
  const hasAll =
    (changesIam && holds(isAdministrator(permissions))) ||
    holds(mayChangeAccounts(permissions));
  const hasSome = changesIam || holds(mayPassAnyRole(permissions));
  return {
    iam: hasAll ? "all" : hasSome ? "some" : "none",
    usesAnyService: holds(mayUseAnyService(permissions)),
  };
}
