import { mayAssumeRole, tagsByKey } from "../../policy-pack/decide/assume-role";
import type { Document } from "../../policy-pack/decide/document";
import { anyMfa } from "../../policy-pack/decide/mfa";
import type { StepVerdict } from "../../policy-pack/role-chaining/service-step";
import { mayStep } from "../../policy-pack/role-chaining/step";
import { accountIn } from "./arn";
import { trustOf, unlessUnreadable } from "./documents";
import type { LiveAccount, LiveRole } from "./live-account";
import { rolePermissions, userPermissions } from "./permissions";
import { trustedBy } from "./trusted";

/** The name of an `outside` that is any account. */
export const anyAccount = "*";

/** Somebody who may take a role. */
export interface Taker {
  /**
   * `user` and `role`: of an account that was read; `outside`: of one that was not; `provider`: who
   * comes with a token of it; `not known`: the trust policy does not tell.
   */
  readonly kind:
    "user" | "role" | "service" | "provider" | "outside" | "not known";
  /**
   * An ARN, a service, a provider; of `outside` an account's id where the whole account is meant, and
   * `*` for any; of `not known` a principal's id, or "" where nothing can be read.
   */
  readonly name: string;
  /** Why it is not certain; undefined: it is proven, by a request that gets in. */
  readonly doubt: string | undefined;
}

/**
 * Everybody who may take the role: users and roles of the accounts that were read, as IAM decides on
 * both sides; services, tokens and other accounts, as far as the trust policy says. What can't be
 * decided, or read, is a taker with a doubt. The root user takes no role (AWS STS API reference,
 * "AssumeRole"), and a role that takes itself becomes no more than it is.
 *
 * @param accounts the role's own among them
 */
export function takersOf(
  role: LiveRole,
  accounts: readonly LiveAccount[],
): readonly Taker[] {
  const trust = unlessUnreadable(() => trustOf(role));
  if (typeof trust === "string") {
    return [{ kind: "not known", name: "", doubt: trust }];
  }
  return [
    ...accounts.flatMap((account) => [
      ...usersInto(role, account),
      ...rolesInto(role, trust, account),
    ]),
    ...othersInto(
      trust,
      accounts.map(({ accountId }) => accountId),
    ),
  ];
}

/** Users of the account who may take the role, with MFA or without. */
export const usersInto = (
  role: LiveRole,
  account: LiveAccount,
): readonly Taker[] =>
  account.users.flatMap((user) =>
    taker("user", user.arn, () =>
      mayAssumeRole(
        userPermissions(account, user),
        {
          arn: role.arn,
          trust: [trustOf(role)],
          tags: tagsByKey(role.tags),
        },
        [anyMfa],
      ),
    ),
  );

const rolesInto = (
  { arn }: LiveRole,
  document: Document,
  account: LiveAccount,
): readonly Taker[] =>
  account.roles
    .filter((from) => from.arn !== arn)
    .flatMap((from) =>
      taker("role", from.arn, () => {
        const permissions = rolePermissions(account, from);
        const { accountId } = account;
        const here = { account: accountId, home: accountId };
        return mayStep(
          { arn: from.arn, ...here, permissions },
          // The role may stand in another account.
          { arn, home: accountIn(arn), trust: { document } },
        );
      }),
    );

/** Services, tokens and other accounts, as far as the trust policy says. */
const othersInto = (
  trust: Document,
  read: readonly string[],
): readonly Taker[] => {
  const trusted = trustedBy(trust, { accounts: read, identityProviders: [] });
  const takers = trusted.flatMap((one): readonly Taker[] => {
    const { doubt } = one;
    switch (one.kind) {
      case "service":
        return [{ kind: "service", name: one.name, doubt }];
      case "tokens":
        return [{ kind: "provider", name: one.provider, doubt }];
      case "hidden":
        return [{ kind: "not known", name: one.id, doubt }];
      case "user":
      case "role session": {
        const { account = anyAccount, arn, sessionArn } = one;
        const name = sessionArn ?? arn ?? account;
        return read.includes(account) ? [] : [{ kind: "outside", name, doubt }];
      }
    }
  });
  // An account's users and sessions are one; what is certain of one of them is.
  const certainLast = takers.toSorted(
    (a, b) => Number(a.doubt === undefined) - Number(b.doubt === undefined),
  );
  const keyed = certainLast.map(
    (one) => [`${one.kind} ${one.name}`, one] as const,
  );
  return [...new Map(keyed).values()];
};

function taker(
  kind: Taker["kind"],
  name: string,
  decide: () => StepVerdict,
): readonly Taker[] {
  const verdict = unlessUnreadable(decide);
  if (typeof verdict === "string") return [{ kind, name, doubt: verdict }];
  if (verdict.answer === "closed") return [];
  const doubt = verdict.answer === "undecided" ? verdict.why : undefined;
  return [{ kind, name, doubt }];
}
