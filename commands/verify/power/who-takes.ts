import type { IdentityProvider } from "../../../policy-pack/decide/federation";
import { trustOf, unlessUnreadable } from "../../accounts/documents";
import type { LiveRole } from "../../accounts/live-account";
import type { NamedAccount } from "../../accounts/organisation";
import { trustedBy, type Trusted } from "../../accounts/trusted";
import type { RoleHere } from "./alike";
import { elsewhere } from "./normalised";

/** Who takes roles by their trust policies; of roles that say the same of their accounts, asked once. */
export class WhoTakes {
  private readonly known = new Map<string, Asked>();

  constructor(
    private readonly bastion: string,
    private readonly identityProviders: readonly IdentityProvider[],
  ) {}

  of({ account, role, documents: [trust] }: RoleHere): readonly Trusted[] {
    const key = JSON.stringify([trust, account.id === this.bastion]);
    const known = this.known.get(key) ?? {
      account: account.id,
      takers: this.ask(account, role),
    };
    this.known.set(key, known);
    return elsewhere(known.takers, known.account, account.id);
  }

  private ask({ id }: NamedAccount, role: LiveRole): readonly Trusted[] {
    const takers = unlessUnreadable(() =>
      trustedBy(trustOf(role), {
        accounts: [...new Set([id, this.bastion])],
        identityProviders: this.identityProviders,
      }),
    );
    return typeof takers === "string"
      ? [{ kind: "hidden", id: takers, doubt: takers }]
      : takers;
  }
}

interface Asked {
  readonly account: string;
  readonly takers: readonly Trusted[];
}
