import { withoutMfa } from "../../policy-pack/decide/mfa";
import type { Permissions } from "../../policy-pack/decide/powers";
import { documentsKey } from "../accounts/permissions";
import type { UserPrincipal } from "./user-principal";
import { mayDoOtherThan } from "./user-requests";

type Powers = ReturnType<typeof mayDoOtherThan>;

/**
 * What users may do without MFA. Documents that allow something and give nobody anything by themselves
 * give nothing beside others either, which can only deny more: what is left without them is asked about
 * once, of any user who has it, so that a thousand users in teams of their own are one question. What is
 * closed to any user is closed to each; without what these deny more may be open, and then all is asked.
 */
export class PowersWithoutMfa {
  private readonly closed = new Map<string, boolean>();

  /** @param allowed actions that everybody may call without MFA */
  constructor(private readonly allowed: readonly string[]) {}

  /** @throws UnreadableDocument */
  of({ alike, permissions }: UserPrincipal): Powers {
    const documents = alike.documents.filter(
      (one) =>
        one.statements.every(({ effect }) => effect === "Deny") ||
        !this.isClosed({ ...alike, documents: [one], boundary: undefined }),
    );
    return this.isClosed({ ...alike, documents })
      ? { answer: "closed", why: "", request: "" }
      : mayDoOtherThan(permissions, this.allowed, withoutMfa);
  }

  private isClosed(permissions: Permissions): boolean {
    const key = documentsKey(permissions);
    const isClosed =
      this.closed.get(key) ??
      mayDoOtherThan(permissions, this.allowed, withoutMfa).answer === "closed";
    this.closed.set(key, isClosed);
    return isClosed;
  }
}
