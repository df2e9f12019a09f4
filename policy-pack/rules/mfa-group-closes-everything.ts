import type { Document } from "../decide/document";
import { withoutMfa } from "../decide/mfa";
import { mayUseAnyService, type Permissions } from "../decide/powers";
import { readDocument } from "../decide/read";
import type { Finding } from "../findings/finding";
import { documentsOf, unseenOf, type Identity } from "../identities/identity";
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
    const isCertain =
      verdict.answer === "open" && unseenOf(policies).length === 0;
    return [
      {
        kind: isCertain ? "wrong" : "undecided",
        resource,
        problem: isCertain
          ? `The MFA group ${name} does not close everything without MFA.`
          : `whether the MFA group ${name} closes everything without MFA.`,
        witness: [`What it leaves open: any service, ${mfa.name}`],
        remedy,
      },
    ];
  }
  return [];
}

/** So that nothing but a Deny closes anything. */
function everything(): readonly Document[] {
  const statement = { Effect: "Allow", Action: "*", Resource: "*" };
  const reading = readDocument({ Statement: [statement] }, "identity");
  return reading.kind === "document" ? [reading.document] : [];
}
