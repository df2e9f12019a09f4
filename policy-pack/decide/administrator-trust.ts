import type { Document } from "./document";
import type { Effort } from "./effort";
import {
  federatedProviders,
  foreignToken,
  unpinnedToken,
  type IdentityProvider,
} from "./federation";
import { firstOpen } from "./first-open";
import { literal, not } from "./literal";
import { anyMfa, withoutMfaContext } from "./mfa";
import { hiddenPrincipals } from "./resource-policy";
import type { Verdict } from "./search";
import { serviceMayAssume, servicesIn } from "./service-callers";
import { whoMayAssume } from "./trust";

/** Whom an administrator's role is for. */
export interface Administrators {
  /** The account that people have their users in. */
  readonly bastion: string;
  /** Of the role; undefined: not known. */
  readonly arn: string | undefined;
  /** Whose tokens are ours. */
  readonly identityProviders: readonly IdentityProvider[];
}

/**
 * Whether anybody takes the role beside people of the bastion and a pipeline by tokens of ours that are pinned: users
 * of other accounts, roles, services, strangers' tokens. How fresh people's MFA is, is another
 * question. A role that takes itself becomes no more than it is.
 */
export const othersMayAssume = (
  trust: Document,
  { bastion, arn, identityProviders }: Administrators,
): Verdict =>
  firstOpen([
    () =>
      whoMayAssume(trust, {
        counts: ({ caller }) =>
          caller.kind === "user" && caller.account !== bastion,
        mfa: [anyMfa],
        accounts: [bastion],
      }),
    () =>
      whoMayAssume(trust, {
        counts: ({ caller }) => caller.kind === "role session",
        mfa: [{ name: "which carries no MFA", given: withoutMfaContext }],
        accounts: [bastion],
        given:
          arn === undefined
            ? []
            : [not(literal("StringEquals", "aws:PrincipalArn", arn))],
      }),
    ...servicesIn(trust).map(
      ([document, service]) =>
        () =>
          serviceMayAssume(document, service),
    ),
    ...federatedProviders(trust).flatMap((provider) =>
      [unpinnedToken, foreignToken].map(
        (find) => (effort: Effort) =>
          find(trust, provider, identityProviders, effort),
      ),
    ),
    () => whoeverHides(trust, bastion),
  ]);

/** Behind an id may be anybody. */
function whoeverHides(trust: Document, bastion: string): Verdict {
  const [first] = hiddenPrincipals(trust, {
    counts: () => true,
    accounts: [bastion],
    given: [],
  });
  return first === undefined
    ? { answer: "closed" }
    : {
        answer: "undecided",
        why: `who is behind the ${first.kind} ${first.id} does not show`,
      };
}
