import { withMfaOlderThan } from "../decide/mfa";
import { whoMayAssume } from "../decide/trust";
import { unknownFinding, type Finding } from "../findings/finding";
import { callerWords, throughWords } from "../findings/words";
import { unknownOf, type Identity } from "../identities/identity";
import { unknownName } from "../identities/name";
import { policiesOf } from "../identities/permissions";
import { trustOf, type RoleTrust } from "../identities/trust-of";
import type { Organisation } from "../organisation/organisation";
import { powerFindings } from "./power-findings";
import type { Rule, StackView } from "./rule";

/**
 * Source: AWS documentation, "AWS global condition context keys", aws:MultiFactorAuthAge. A named
 * administrator is held to it whatever its policies are, since they may be attached elsewhere.
 */
export const iamPowerIsGuarded: Rule = {
  name: "iam-power-is-guarded",
  title: "Power over IAM is guarded",
  description:
    "Administrator roles of the config need a fresh MFA; nothing else is administrator in effect, changes IAM or passes any role.",
  severity: "critical",
  enforcementLevel: "mandatory",
  remedy:
    "Take the power over IAM away, by a Deny or a permissions boundary as well; or name the role in the config's administratorRoles and ask for a fresh MFA.",
  judgeResource(resource, organisation) {
    const reading = trustOf(resource);
    switch (reading.kind) {
      case "none":
        return [];
      case "unknown":
        return [unknownFinding(reading.value)];
      case "trust":
        return administratorFindings(reading.trust, organisation);
    }
  },
  judgeStack({ identities }: StackView, organisation) {
    const { users, groups, roles, unknown } = identities;
    // What a group gives is found at the group, once, and not at each of its members.
    const holders: readonly Identity[] = [
      ...users.filter(({ policies }) => policies.length > 0),
      ...groups,
      ...roles.filter(({ name }) => !isAdministrator(name, organisation)),
    ];
    return [
      ...holders.flatMap(powerFindings),
      ...unknown.map(unknownFinding),
      ...holders
        .flatMap((one) => unknownOf(policiesOf(one)))
        .map(unknownFinding),
    ];
  },
};

const isAdministrator = (
  name: string | undefined,
  { administratorRoles }: Organisation,
): boolean => name !== undefined && administratorRoles.includes(name);

function administratorFindings(
  trust: RoleTrust,
  organisation: Organisation,
): readonly Finding[] {
  const [unknown] = unknownName(trust.resource);
  if (unknown === undefined) {
    return isAdministrator(trust.roleName, organisation)
      ? staleMfaFindings(trust, organisation)
      : [];
  }
  const isStale = staleMfaFindings(trust, organisation).length > 0;
  return isStale ? [unknownFinding(unknown)] : [];
}

/** Without any MFA is another rule's question. */
function staleMfaFindings(
  { resource, field, document }: RoleTrust,
  { bastionAccountId, limits }: Organisation,
): readonly Finding[] {
  const age = limits.administratorMfaAge;
  const verdict = whoMayAssume(document, {
    // A role's session carries no MFA, so none of any age.
    counts: ({ caller }) => caller.kind === "user",
    mfa: [withMfaOlderThan(age)],
    accounts: [bastionAccountId],
  });
  const remedy = `add the condition NumericLessThan aws:MultiFactorAuthAge "${age}" to each statement that trusts people.`;
  switch (verdict.answer) {
    case "closed":
      return [];
    case "undecided":
      return [
        {
          kind: "undecided",
          resource,
          problem: `how old the MFA may be that ${field} asks of an administrator: ${verdict.why}.`,
          witness: [],
          remedy,
        },
      ];
    case "open":
      return [
        {
          kind: "wrong",
          resource,
          problem: `${field} lets people become administrator with an MFA code of any age.`,
          witness: [
            `Who gets in: ${callerWords(verdict.witness)}, ${verdict.mfa.name}`,
            `Through: ${throughWords(verdict.witness)}`,
          ],
          remedy,
        },
      ];
  }
}
