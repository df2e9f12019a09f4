import type { Document } from "../decide/document";
import { withoutMfa } from "../decide/mfa";
import {
  mayRequest,
  mayUseAnyService,
  type Permissions,
} from "../decide/powers";
import { readDocument } from "../decide/read";
import type { Verdict } from "../decide/search";
import { unknownFinding, type Finding } from "../findings/finding";
import { requestWords, throughWords } from "../findings/words";
import {
  documentsOf,
  unknownOf,
  unseenOf,
  type HeldPolicy,
  type Identity,
} from "../identities/identity";
import { permissionsOf } from "../identities/permissions";
import type { Organisation } from "../organisation/organisation";
import type { Resource } from "../resources/resource";
import { isBastionStack, type Rule, type StackView } from "./rule";

/** Source: CIS AWS Foundations Benchmark v3.0.0, 1.15, users receive permissions only through groups. */
export const usersHoldNoPolicies: Rule = {
  name: "users-hold-no-policies",
  title: "Users hold no policies",
  description:
    "No policy on a user; every user in the MFA group, which closes everything without MFA; groups give only what the bastion's own documents say, and roles only with MFA.",
  severity: "high",
  enforcementLevel: "mandatory",
  remedy:
    "Put the user into a group of the bastion, and what the user may do into a role.",
  judgeStack(stack, organisation) {
    const { users, groups, unknown } = stack.identities;
    return [
      ...users.flatMap(policiesOnUser),
      ...users.flatMap((user) => outsideMfaGroup(user, organisation)),
      ...groups.flatMap((group) => groupFindings(group, stack, organisation)),
      ...unknown.map(unknownFinding),
    ];
  },
};

const nameOf = ({ name, resource }: Identity): string =>
  name ?? resource?.name ?? "?";

function policiesOnUser(user: Identity): readonly Finding[] {
  return oncePerField(user.policies).map(({ resource, field }) => ({
    kind: "wrong",
    resource,
    problem: `${field} puts a policy on the user ${nameOf(user)}.`,
    witness: [],
    remedy:
      "give the permission to a role that the user takes with MFA, and leave the user to groups.",
  }));
}

function oncePerField(policies: readonly HeldPolicy[]): readonly HeldPolicy[] {
  return policies.filter(
    (one, index) =>
      policies.findIndex(
        (other) => other.resource === one.resource && other.field === one.field,
      ) === index,
  );
}

function outsideMfaGroup(
  user: Identity,
  { mfaGroup }: Organisation,
): readonly Finding[] {
  const { resource, groups, uncertainGroups = [], mayBeInMoreGroups } = user;
  if (resource === undefined || mayBeInMoreGroups) return [];
  if (groups.some((group) => group.name === mfaGroup)) return [];
  return [
    {
      kind: "wrong",
      resource,
      problem: `The user ${nameOf(user)} is not in the group ${mfaGroup}, which closes everything without MFA.`,
      witness: [],
      remedy: uncertainGroups.some((group) => group.name === mfaGroup)
        ? `name the user in the GroupMembership of ${mfaGroup}, which takes out whoever is not in its list.`
        : `put the user into ${mfaGroup}, by a UserGroupMembership in the same stack.`,
    },
  ];
}

function groupFindings(
  group: Identity,
  stack: StackView,
  organisation: Organisation,
): readonly Finding[] {
  if (!isBastionStack(stack.name, organisation)) {
    return oncePerField(group.policies).map(({ resource, field }) => ({
      kind: "wrong",
      resource,
      problem: `${field} gives the group ${nameOf(group)} a permission, outside the bastion.`,
      witness: [],
      remedy:
        "give the permission to a role in this account; groups belong to the bastion stack.",
    }));
  }
  return [
    ...oncePerField(group.policies.filter(isNotOfTheStack)).map(
      ({ resource, field }): Finding => ({
        kind: "wrong",
        resource,
        problem: `${field} gives the group ${nameOf(group)} a policy that is none of the bastion's own documents.`,
        witness: [],
        remedy:
          "give the permission to a role in a workload account, and the group the right to take that role.",
      }),
    ),
    ...rolesWithoutMfa(group, stack, organisation),
    ...openGuard(group, organisation),
    ...unknownOf(group.policies).map(unknownFinding),
  ];
}

/** AWS's own, and such as stand in no stack that the pack sees. */
const isNotOfTheStack = ({ field, resource, content }: HeldPolicy): boolean =>
  content.kind === "unseen" || isAwsManaged(resource, field);

function isAwsManaged({ inputs }: Resource, field: string): boolean {
  const value = inputs[field];
  const arns: readonly unknown[] = Array.isArray(value) ? value : [value];
  return arns.some(
    (arn) => typeof arn === "string" && /^arn:[^:]+:iam::aws:/.test(arn),
  );
}

/** Everybody is in the MFA group, so what it denies counts for every other group. */
function rolesWithoutMfa(
  group: Identity,
  { identities }: StackView,
  { mfaGroup }: Organisation,
): readonly Finding[] {
  const guard = identities.groups.find(({ name }) => name === mfaGroup);
  const others = guard === undefined || guard === group ? [] : guard.policies;
  const permissions: Permissions = {
    ...permissionsOf(group),
    // What is none of the stack's own has a finding of its own.
    documents: documentsOf([
      ...group.policies.filter((one) => !isNotOfTheStack(one)),
      ...others,
    ]),
  };
  for (const mfa of withoutMfa) {
    const verdict = mayRequest(permissions, {
      action: "sts:AssumeRole",
      resource: "arn:aws*:iam::*:role/?*",
      mfa,
    });
    if (verdict.answer === "closed") continue;
    return [withoutMfaFinding(group, verdict, mfa.name)];
  }
  return [];
}

/** Every other rule counts on the MFA group: whatever else is allowed, it has to close without MFA. */
function openGuard(
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

function withoutMfaFinding(
  group: Identity,
  verdict: Exclude<Verdict, { readonly answer: "closed" }>,
  session: string,
): Finding {
  const remedy =
    'add the condition Bool aws:MultiFactorAuthPresent "true" to the statement that gives sts:AssumeRole.';
  const [first] = group.policies;
  if (verdict.answer === "undecided") {
    return {
      kind: "undecided",
      resource: first?.resource ?? group.resource,
      problem: `whether members of ${nameOf(group)} can take roles without MFA: ${verdict.why}.`,
      witness: [],
      remedy,
    };
  }
  const { witness } = verdict;
  const source = group.policies.find(
    ({ content }) =>
      content.kind === "document" &&
      content.document.statements.some((one) =>
        witness.statements.includes(one),
      ),
  );
  return {
    kind: "wrong",
    resource: source?.resource ?? first?.resource ?? group.resource,
    problem: `${source?.field ?? "policy"} lets members of ${nameOf(group)} take roles without MFA.`,
    witness: [
      `What is allowed: ${requestWords(witness)}, ${session}`,
      `Through: ${throughWords(witness)}`,
    ],
    remedy,
  };
}
