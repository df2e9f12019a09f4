import { openWithoutMfa } from "../decide/open-without-mfa";
import type { Finding } from "../findings/finding";
import { findingsOf } from "../findings/from-verdict";
import { requestWords } from "../findings/words";
import {
  unseenOf,
  type HeldPolicy,
  type Identity,
} from "../identities/identity";
import { unreadWords } from "../identities/near-names";
import { permissionsOf } from "../identities/permissions";
import type { Organisation } from "../organisation/organisation";
import { unknownOfGroups } from "./held-policies";
import { isBastionStack, type Rule } from "./rule";

export const mfaGroupClosesEverything: Rule = {
  name: "mfa-group-closes-everything",
  title: "The MFA group closes everything without MFA",
  description:
    "The group that every user is in leaves nothing open without MFA but what it takes to give it.",
  severity: "high",
  enforcementLevel: "mandatory",
  remedy: "Deny the MFA group, without MFA, what is not needed to give MFA.",
  judgeStack({ name, identities }, organisation) {
    if (!isBastionStack(name, organisation)) return [];
    return [
      ...identities.groups.flatMap((group) => leftOpenBy(group, organisation)),
      ...unknownOfGroups(identities),
    ];
  },
};

/** Every other rule counts on the MFA group: whatever else is allowed, it has to close without MFA. */
function leftOpenBy(
  group: Identity,
  { mfaGroup }: Organisation,
): readonly Finding[] {
  const { name, resource, policies } = group;
  if (name !== mfaGroup || resource === undefined) return [];
  const verdict = openWithoutMfa(permissionsOf(group));
  return findingsOf(unlessUnseen(verdict, policies), {
    resource,
    question: `whether the MFA group ${name} closes everything without MFA`,
    remedy:
      'deny it what is not needed to give MFA: a Deny with NotAction, Resource "*" and the condition BoolIfExists aws:MultiFactorAuthPresent "false".',
    who: (witness, mfa) =>
      `What it leaves open: ${requestWords(witness)}${mfa === undefined ? "" : `, ${mfa.name}`}`,
    open: () => ({
      problem: `The MFA group ${name} does not close everything without MFA.`,
    }),
  });
}

/** A policy that nobody here can read may be what closes it. */
function unlessUnseen(
  verdict: ReturnType<typeof openWithoutMfa>,
  policies: readonly HeldPolicy[],
) {
  if (verdict.answer !== "open") return verdict;
  const unread = [...new Set(unseenOf(policies))];
  // The statement that allows it is none of the group's.
  const witness = { ...verdict.witness, statements: [] };
  return unread.length === 0
    ? { ...verdict, witness }
    : ({
        answer: "undecided",
        why: `nothing here says what ${unreadWords(unread)} denies`,
        witness,
        unread,
      } as const);
}
