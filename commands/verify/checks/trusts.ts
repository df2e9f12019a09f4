import type { Document } from "../../../policy-pack/decide/document";
import {
  federatedProviders,
  foreignToken,
  isKnownIssuer,
  issuerOf,
  unpinnedToken,
  type IdentityProvider,
} from "../../../policy-pack/decide/federation";
import { anyMfa, withoutMfa } from "../../../policy-pack/decide/mfa";
import {
  isForeignTo,
  isOf,
  whoMayAssume,
} from "../../../policy-pack/decide/trust";
import { callerWords } from "../../../policy-pack/findings/words";
import { placesOf, trustOf, unlessUnreadable } from "../../accounts/documents";
import type { LiveRole } from "../../accounts/live-account";
import { isOfIdentityCenter, isSignInOfAws } from "../../accounts/made-by-aws";
import type { NamedAccount } from "../../accounts/organisation";
import { isDeploymentRole, mfaLimit, oldFrom, ownRoles } from "../assignments";
import type { GivenFacts } from "../facts";
import { holdsUsersAlone, roleIn } from "../expected";
import type { ExpectedRole } from "../expected-role";
import { factsOf, type FindingKind } from "../finding-kinds";
import { finding, type Findings } from "../findings";
import { deleteRole, inAccount } from "../remedies";
import {
  identityProvidersFor,
  identityProvidersOf,
} from "../identity-providers";

/** Roles that let in callers of other accounts, or with a provider's token. */
export function* checkTrusts(facts: GivenFacts): Findings {
  for (const account of facts.organisation.accounts) {
    for (const role of ownRoles(account)) {
      for (const [rule, fault] of checkTrust(facts, account, role)) {
        const message = `${role.name} in ${account.name} ${fault}`;
        const remedy = remedyFor(facts, rule, account, role);
        yield finding(rule, account, role.arn, message, remedy);
      }
    }
  }
}

/** A role that nobody needs can go as a whole; one of the config's is as its kind of finding says. */
function remedyFor(
  { expected }: GivenFacts,
  rule: FindingKind,
  account: NamedAccount,
  role: LiveRole,
): string | undefined {
  const isMeant =
    isDeploymentRole(expected, role) ||
    roleIn(expected, account, role) !== undefined;
  const first = factsOf[rule].remedy;
  return isMeant || rule === "undecided"
    ? undefined
    : `${first} Or, when nobody needs the role, ${inAccount(account, deleteRole(role))}`;
}

/** What is wrong with one role's trust policy, and what it does. */
type Faults = readonly (readonly [rule: FindingKind, message: string])[];

function checkTrust(
  facts: GivenFacts,
  account: NamedAccount,
  role: LiveRole,
): Faults {
  const faults = unlessUnreadable(() => [
    ...checkForeignAccounts(facts, account, role),
    ...checkMfa(facts, account, role),
    ...checkProviders(facts, account, role),
  ]);
  return typeof faults === "string"
    ? [["undecided", `may let in anybody: ${faults}`]]
    : faults;
}

/** Accounts that people of the organisation may come from, into any role. */
function oursFor(
  { expected, organisation, settings }: GivenFacts,
  account: NamedAccount,
  role: LiveRole,
): readonly string[] {
  return [
    account.id,
    expected.bastion.id,
    ...settings.knownAccounts,
    // Who comes from there, and how, is compared with the config.
    ...trustedBy(roleIn(expected, account, role)),
    // Whoever deploys comes from there, by this role and no other.
    ...(isDeploymentRole(expected, role) &&
    organisation.callerAccountId !== undefined
      ? [organisation.callerAccountId]
      : []),
  ];
}

/** The account that the config has the role trust, as a vendor's or another role's. */
const trustedBy = (meant: ExpectedRole | undefined): readonly string[] =>
  meant === undefined || meant.trustedAccount === null
    ? []
    : [meant.trustedAccount];

function checkForeignAccounts(
  facts: GivenFacts,
  account: NamedAccount,
  role: LiveRole,
): Faults {
  const ours = oursFor(facts, account, role);
  const workloads = facts.expected.accounts
    .map(({ id }) => id)
    .filter((id) => !ours.includes(id));
  const questions = [
    ["role-trusts-outside", isForeignTo([...ours, ...workloads])],
    ["role-trusts-another-account", isOf(workloads)],
  ] as const;
  return questions.flatMap(([rule, counts]): Faults => {
    const verdict = whoMayAssume(trustOf(role), {
      counts,
      mfa: [anyMfa],
      accounts: [...ours, ...workloads],
      whateverMfa: true,
    });
    if (verdict.answer === "closed") return [];
    return verdict.answer === "undecided"
      ? [["undecided", `may let in other accounts: ${verdict.why}`]]
      : [
          [
            rule,
            `lets in ${callerWords(verdict.witness)}, by ${placesOf(verdict.witness.statements)}`,
          ],
        ];
  });
}

/** Whether the role by itself keeps to MFA, whatever the groups in the bastion say. */
function checkMfa(
  { expected }: GivenFacts,
  account: NamedAccount,
  role: LiveRole,
): Faults {
  if (holdsUsersAlone(expected, account)) return [];
  const limit = mfaLimit(expected, account, role);
  const bare = ["role-without-mfa", withoutMfa, "without MFA"] as const;
  const questions = [
    bare,
    ...(limit === null
      ? []
      : [
          [
            "role-with-old-mfa",
            oldFrom(limit),
            `with MFA given ${limit} seconds ago or longer`,
          ] as const,
        ]),
  ];
  const isBastions = isOf([expected.bastion.id]);
  for (const [rule, mfa, how] of questions) {
    const verdict = whoMayAssume(trustOf(role), {
      counts: (one) => one.caller.kind === "user" && isBastions(one),
      mfa,
      accounts: [expected.bastion.id],
    });
    if (verdict.answer === "closed") continue;
    const why =
      verdict.answer === "open"
        ? placesOf(verdict.witness.statements)
        : verdict.why;
    return verdict.answer === "open"
      ? [[rule, `lets in ${callerWords(verdict.witness)} ${how}, by ${why}`]]
      : [["undecided", `may let in users of the bastion ${how}: ${why}`]];
  }
  return [];
}

function checkProviders(
  facts: GivenFacts,
  account: NamedAccount,
  role: LiveRole,
): Faults {
  const trust = trustOf(role);
  const ofRole = identityProvidersFor(facts, account, role);
  return federatedProviders(trust)
    .filter((one) => !(isOfIdentityCenter(role) && isSignInOfAws(one)))
    .flatMap((provider) => checkTokens(facts, trust, provider, ofRole));
}

/** Tokens that anybody could get; where they are pinned, such as are none of ours, or not for this role. */
function checkTokens(
  facts: GivenFacts,
  trust: Document,
  provider: string,
  ofRole: readonly IdentityProvider[],
): Faults {
  const ours = identityProvidersOf(facts);
  const issuer = issuerOf(provider);
  const unpinned = unpinnedToken(trust, provider, ours);
  if (unpinned.answer === "open") {
    const what = `lets in tokens of ${issuer} whatever their ${unpinned.key}`;
    return [["federation-not-pinned", what]];
  }
  const doubt: Faults =
    unpinned.answer === "closed"
      ? []
      : [["undecided", `may let in any tokens of ${issuer}: ${unpinned.why}`]];
  const areNamed =
    isKnownIssuer(provider, ours) ||
    facts.settings.identityProviders.length > 0;
  const asked = [
    [
      ours,
      areNamed ? "federation-foreign" : "federation-not-named",
      areNamed ? "which are none of ours" : "and nothing says whose they are",
    ],
    [
      ofRole,
      "federation-not-named",
      "which the config has other roles take, and not this one",
    ],
  ] as const;
  for (const [known, rule, what] of asked) {
    const foreign = foreignToken(trust, provider, known);
    if (foreign.answer === "closed") continue;
    if (foreign.answer === "undecided") {
      const why = `may let in a stranger's tokens of ${issuer}: ${foreign.why}`;
      return [...doubt, ["undecided", why]];
    }
    const { key, witness } = foreign;
    const [value = "?"] = witness.values.get(key.toLowerCase()) ?? [];
    return [
      ...doubt,
      [rule, `lets in tokens of ${issuer} with ${key} ${value}, ${what}`],
    ];
  }
  return doubt;
}
