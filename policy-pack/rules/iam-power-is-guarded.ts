import { othersMayAssume } from "../decide/administrator-trust";
import { undecided, unknownFinding, type Finding } from "../findings/finding";
import { findingsOf } from "../findings/from-verdict";
import { callerWords } from "../findings/words";
import { unknownOf, type Identity } from "../identities/identity";
import { knownName } from "../identities/name";
import { arnOf, policiesOf } from "../identities/permissions";
import type { RoleTrust } from "../identities/trust-of";
import type { Organisation } from "../organisation/organisation";
import { judgeTrust } from "./judge-trust";
import { powerFindings } from "./power-findings";
import { isAdministrator, type Rule, type StackView } from "./rule";

export const iamPowerIsGuarded: Rule = {
  name: "iam-power-is-guarded",
  title: "Power over IAM is guarded",
  description:
    "Nothing but the administrator roles of the config is administrator in effect, changes IAM or passes any role; and nobody takes those but the bastion's people and pinned pipelines.",
  severity: "critical",
  enforcementLevel: "mandatory",
  remedy:
    "Take the power over IAM away, by a Deny or a permissions boundary as well; or name the role in the config's administratorRoles and let it trust nobody but the bastion's people, with a fresh MFA.",
  judgeResource: (resource, organisation) =>
    isAdministrator(knownName(resource), organisation)
      ? judgeTrust(resource, (trust) => takenByOthers(trust, organisation))
      : [],
  judgeStack({ identities }: StackView, organisation) {
    const { users, groups, roles, permissionSets } = identities;
    const { unknownHolders, unknownMembers } = identities;
    const isNamed = ({ name }: Identity) => isAdministrator(name, organisation);
    // What a group gives is found at the group, once, and not at each of its members.
    const judged: readonly Identity[] = [
      ...users.filter(({ policies }) => policies.length > 0),
      ...groups,
      ...roles.filter((role) => !isNamed(role)),
      // None is the pattern's administrator: the bastion's people take roles.
      ...permissionSets,
    ];
    return [
      ...judged.flatMap(powerFindings),
      ...roles.filter(isNamed).flatMap(takenByNobodyKnows),
      ...unknownHolders.map(unknownFinding),
      ...unknownMembers.map(unknownFinding),
      ...judged
        .flatMap((one) => unknownOf(policiesOf(one)))
        .map(unknownFinding),
    ];
  },
};

/** The trust of a role of another stack does not show here. */
function takenByNobodyKnows(role: Identity): readonly Finding[] {
  const { resource, name, policies } = role;
  const [power] = resource === undefined ? powerFindings(role) : [];
  return power === undefined
    ? []
    : [
        undecided(
          policies[0]?.resource,
          `whether anybody but the bastion's people takes the administrator ${name ?? "?"}: this stack gives it power, and another one makes it.`,
          "give it the policy in the stack that makes the role, where its trust shows.",
        ),
      ];
}

/** A name is no licence: whatever the role's policies are, since another stack may attach them. */
function takenByOthers(
  { resource, field, document, account, roleName }: RoleTrust,
  { bastionAccountId, identityProviders }: Organisation,
): readonly Finding[] {
  const role = { kind: "role", resource, account, name: roleName } as const;
  const verdict = othersMayAssume(document, {
    bastion: bastionAccountId,
    arn: arnOf(role),
    identityProviders,
  });
  return findingsOf(verdict, {
    resource,
    field,
    question: `whether anybody but the bastion's people takes the administrator ${roleName ?? "?"}`,
    remedy:
      "trust nobody but the bastion's people with a fresh MFA, or a pipeline of the config's identityProviders by its pinned token; or take the role out of the config's administratorRoles, and the power over IAM out of the role; or exempt the role in the config with a reason and a date, as the one that CloudFormation deploys with.",
    who: (witness) => `Who gets in: ${callerWords(witness)}`,
    open: () => ({
      problem: `${field} lets others than the bastion's people become the administrator ${roleName ?? "?"}.`,
    }),
  });
}
