import {
  mayAssumeRole,
  tagsByKey,
} from "../../../policy-pack/decide/assume-role";
import type { IdentityProvider } from "../../../policy-pack/decide/federation";
import { anyMfa } from "../../../policy-pack/decide/mfa";
import { trustOf, UnreadableDocument } from "../../accounts/documents";
import type { LiveRole, LiveUser } from "../../accounts/live-account";
import type { NamedAccount } from "../../accounts/organisation";
import { userPermissions } from "../../accounts/permissions";
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
    try {
      return trustedBy(trustOf(role), {
        accounts: [...new Set([id, this.bastion])],
        identityProviders: this.identityProviders,
      });
    } catch (error) {
      if (!(error instanceof UnreadableDocument)) throw error;
      return [{ kind: "hidden", id: error.message, doubt: error.message }];
    }
  }
}

interface Asked {
  readonly account: string;
  readonly takers: readonly Trusted[];
}

/** Users of an account whose own policies say who of them takes the role. */
export function usersWhoTake(
  { live }: NamedAccount,
  role: LiveRole,
): readonly LiveUser[] {
  return live.users.filter((user) => {
    try {
      const asked = {
        arn: role.arn,
        trust: [trustOf(role)],
        tags: tagsByKey(role.tags),
      };
      const permissions = userPermissions(live, user);
      return mayAssumeRole(permissions, asked, [anyMfa]).answer !== "closed";
    } catch (error) {
      // What can't be read is a finding of its own.
      if (error instanceof UnreadableDocument) return true;
      throw error;
    }
  });
}
