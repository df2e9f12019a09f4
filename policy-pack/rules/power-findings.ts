import { mayChangeAccounts } from "../decide/account-power";
import {
  mayAssumeAnyRole,
  mayChangeIam,
  mayPassAnyRole,
} from "../decide/powers";
import type { Permissions } from "../decide/permissions";
import type { Verdict, Witness } from "../decide/search";
import type { Finding } from "../findings/finding";
import { findingsOf } from "../findings/from-verdict";
import { requestWords } from "../findings/words";
import { sourceOf, unseenOf, type Identity } from "../identities/identity";
import { nearestOfAws, unreadWords } from "../identities/near-names";
import {
  isTakenAsRole,
  permissionsOf,
  policiesOf,
} from "../identities/permissions";
import { isOfAService } from "../identities/service-role";
import type { UnknownValue } from "../resources/unknown-value";

/** What an identity can do that makes it an administrator, at once or in a step or two. */
export function powerFindings(identity: Identity): readonly Finding[] {
  if (isOfAService(identity)) return [];
  const { power, remedy, verdict } = strongest(identity);
  const who = whoIs(identity);
  return findingsOf(verdict, {
    // What to fix: the identity, or what gives it a policy when it belongs to another stack.
    resource: identity.resource ?? identity.policies[0]?.resource,
    question: `whether ${who} can ${power}`,
    remedy,
    who: (witness) => `What is allowed: ${requestWords(witness)}`,
    source: ({ statements }) => sourceOf(policiesOf(identity), statements),
    open: () => ({ problem: `${capital(who)} can ${power}.` }),
  });
}

/** An answer about a power, where a boundary that nobody has read may close what policies allow. */
type PowerVerdict =
  | Verdict
  | {
      readonly answer: "undecided";
      readonly why: string;
      readonly witness?: Witness;
      readonly unread: readonly string[];
    }
  | { readonly answer: "unknown"; readonly value: UnknownValue };

interface Answer {
  readonly power: string;
  readonly remedy: string;
  readonly verdict: PowerVerdict;
}

interface AskedPower {
  readonly decide: (permissions: Permissions) => Verdict;
  readonly power: string;
  readonly remedy?: (identity: Identity) => string;
}

const powers: readonly AskedPower[] = [
  { decide: mayChangeIam, power: "change IAM" },
  { decide: mayPassAnyRole, power: "pass a role of any name to a service" },
  {
    decide: mayChangeAccounts,
    power:
      "say who gets into accounts of the organisation, or what limits them",
  },
];

/**
 * A role that trusts the bastion leaves it to the bastion's policies who takes it: whoever may take all is
 * administrator wherever one is. Sessions of roles carry no MFA, and where they lead, role chaining says.
 */
const powersOfUsers: readonly AskedPower[] = [
  ...powers,
  {
    decide: mayAssumeAnyRole,
    power: "take a role of any name, the administrators' included",
    remedy: (identity) =>
      `name the roles in that statement, as arn:aws:iam::222222222222:role/ReadOnly; or ${exempt(identity)}.`,
  },
];

const exempt = (identity: Identity): string =>
  `exempt ${whoIs(identity)} in the config with a reason and a date`;

function toFix(identity: Identity): string {
  const instead =
    identity.kind === "role"
      ? "name it in the config's administratorRoles, when it must be administrator, with a fresh MFA"
      : "let people take a role of the config's administratorRoles instead";
  return `take that permission out, or close it by a Deny, a permissions boundary, or the condition iam:PermissionsBoundary with one of this stack that allows no such power; or ${instead}; or ${exempt(identity)}.`;
}

function strongest(identity: Identity): Answer {
  const permissions = permissionsOf(identity);
  const asked = isTakenAsRole(identity) ? powers : powersOfUsers;
  for (const { decide, power, remedy = toFix } of permissions.documents
    .length === 0
    ? []
    : asked) {
    const verdict = decide(permissions);
    if (verdict.answer === "closed") continue;
    return {
      power,
      remedy: remedy(identity),
      verdict: withinBoundary(verdict, identity),
    };
  }
  return {
    power: "change IAM",
    remedy: `${toRead(identity)}put the policy into this stack, or ${exempt(identity)}.`,
    verdict: ofUnseen(identity),
  };
}

function withinBoundary(
  verdict: Verdict,
  { boundary }: Identity,
): PowerVerdict {
  if (
    verdict.answer !== "open" ||
    boundary === undefined ||
    boundary.content.kind === "document"
  ) {
    return verdict;
  }
  const { resource, field, content } = boundary;
  // The rule looks again when it is known.
  return content.kind === "unknown"
    ? { answer: "unknown", value: { resource, path: content.path } }
    : {
        answer: "undecided",
        why: `its policies allow it, and nothing here says whether its ${field} closes that`,
        witness: verdict.witness,
        unread: [field],
      };
}

/** A policy that nobody here can read may hold any power. */
function ofUnseen(identity: Identity): PowerVerdict {
  const unread = [...new Set(unseenOf(policiesOf(identity)))];
  return unread.length === 0
    ? { answer: "closed" }
    : {
        answer: "undecided",
        why: `nothing here says what ${unreadWords(unread)} allows`,
        unread,
      };
}

/** A name that AWS does not have is misspelt, as a rule. */
function toRead(identity: Identity): string {
  const [near] = unseenOf(policiesOf(identity)).flatMap(
    (one) => nearestOfAws(one) ?? [],
  );
  return near === undefined ? "" : `name ${near}, if that is meant; or `;
}

const whoIs = ({ kind, name, resource }: Identity): string =>
  kind === "group"
    ? `members of the group ${name ?? resource?.name ?? "?"}`
    : `the ${kind} ${name ?? resource?.name ?? "?"}`;

const capital = (text: string): string =>
  text.charAt(0).toUpperCase() + text.slice(1);
