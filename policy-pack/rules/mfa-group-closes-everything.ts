import type { Document } from "../decide/document";
import { withoutMfa, type MfaState } from "../decide/mfa";
import { mayUseAnyService, type Permissions } from "../decide/powers";
import { readDocument } from "../decide/read";
import type { Verdict } from "../decide/search";
import type { Finding } from "../findings/finding";
import { findingsOf } from "../findings/from-verdict";
import { documentsOf, unseenOf, type Identity } from "../identities/identity";
import { unreadWords } from "../identities/near-names";
import { permissionsOf } from "../identities/permissions";
import type { Organisation } from "../organisation/organisation";
import { unknownOfGroups } from "./held-policies";
import { isBastionStack, type Rule } from "./rule";

export const mfaGroupClosesEverything: Rule = {
  name: "mfa-group-closes-everything",
  title: "The MFA group closes everything without MFA",
  description:
    "The group that every user is in leaves no service open without MFA.",
  severity: "high",
  enforcementLevel: "mandatory",
  remedy: "Deny the MFA group, without MFA, what is not needed to give MFA.",
  judgeStack({ name, identities }, organisation) {
    if (!isBastionStack(name, organisation)) return [];
    return [
      ...identities.groups.flatMap((group) =>
        openWithoutMfa(group, organisation),
      ),
      ...unknownOfGroups(identities),
    ];
  },
};

/** Every other rule counts on the MFA group: whatever else is allowed, it has to close without MFA. */
function openWithoutMfa(
  group: Identity,
  { mfaGroup }: Organisation,
): readonly Finding[] {
  const { name, resource, policies } = group;
  if (name !== mfaGroup || resource === undefined) return [];
  const permissions: Permissions = {
    ...permissionsOf(group),
    documents: [...documentsOf(policies), ...everything()],
  };
  const remedy =
    'deny it what is not needed to give MFA: a Deny with NotAction and the condition BoolIfExists aws:MultiFactorAuthPresent "false".';
  for (const mfa of withoutMfa) {
    const verdict = mayUseAnyService(permissions, mfa);
    if (verdict.answer === "closed") continue;
    return findingsOf(
      unlessUnseen(verdict, mfa, [...new Set(unseenOf(policies))]),
      {
        resource,
        question: `whether the MFA group ${name} closes everything without MFA`,
        remedy,
        who: () => `What it leaves open: any service, ${mfa.name}`,
        open: () => ({
          problem: `The MFA group ${name} does not close everything without MFA.`,
        }),
      },
    );
  }
  return [];
}

/** A policy that nobody here can read may be what closes it. */
function unlessUnseen(
  verdict: Verdict,
  mfa: MfaState,
  unread: readonly string[],
) {
  if (verdict.answer !== "open") return verdict;
  // The statement that allows it is none of the group's.
  const witness = { ...verdict.witness, statements: [] };
  return unread.length === 0
    ? { ...verdict, witness, mfa }
    : ({
        answer: "undecided",
        why: `nothing here says what ${unreadWords(unread)} denies`,
        witness,
        unread,
      } as const);
}

/** So that nothing but a Deny closes anything. */
function everything(): readonly Document[] {
  const statement = { Effect: "Allow", Action: "*", Resource: "*" };
  const reading = readDocument({ Statement: [statement] }, "identity");
  return reading.kind === "document" ? [reading.document] : [];
}
