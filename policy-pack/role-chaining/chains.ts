import type { Document } from "../decide/document";
import { federatedProviders, isSaml } from "../decide/federation";
import type { EscalationPath } from "../decide/escalation-paths";
import { anyMfa } from "../decide/mfa";
import { whoMayAssume } from "../decide/trust";
import type { Identities } from "../identities/gather";
import { unknownOf } from "../identities/identity";
import { trustOf } from "../identities/trust-of";
import { knownAccounts, type Organisation } from "../organisation/organisation";
import { partitionOf } from "../resources/account";
import type { Resource } from "../resources/resource";
import type { UnknownValue } from "../resources/unknown-value";
import { inferAccounts } from "./infer-account";
import {
  powerRole,
  stackRole,
  type RoleNode,
  type StackRole,
} from "./role-node";
import {
  serviceSteps,
  servicesIn,
  type ServiceStep,
  type StepVerdict,
} from "./service-step";
import { mayStep, sessionsLetIn } from "./step";
import type { Strength } from "./strength";

/** A way from a role that people take to a stronger one. */
export interface Escalation {
  readonly from: string;
  /** The names of the roles on the way, the first and the last among them, and what runs with one. */
  readonly chain: readonly string[];
  /** By which published paths it leads through services. */
  readonly paths: readonly EscalationPath[];
  readonly to: Resource;
  readonly strength: Strength;
  /** Why it is not certain that the way is open. */
  readonly doubt: string | undefined;
}

export interface Escalations {
  readonly found: readonly Escalation[];
  readonly unknown: readonly UnknownValue[];
}

/** Every role of the stack that a weaker one leads to, with the shortest chain. */
export function findEscalations(
  { roles }: Identities,
  resources: readonly Resource[],
  organisation: Organisation,
): Escalations {
  const known = knownAccounts(organisation, undefined);
  const targets = inferAccounts(roles, known).flatMap((role) =>
    stackRole(role, organisation),
  );
  // Most roles of people have the same trust policy, which is one object then.
  const trusted = new Set(
    [...new Set(targets.map(({ trust }) => trust.document))].filter(
      (document) => isTakenByPeople(document, organisation),
    ),
  );
  const starts = [
    ...powerRoles(targets, organisation),
    ...targets.filter(({ trust }) => trusted.has(trust.document)),
  ];
  const found = new Map<Resource, Escalation>();
  const stepsFrom = steps(targets, resources);
  for (const start of starts) {
    for (const way of waysFrom(start, stepsFrom)) {
      const escalation = escalationBy(start, way);
      if (escalation === undefined) continue;
      if (isBetter(escalation, found.get(escalation.to))) {
        found.set(escalation.to, escalation);
      }
    }
  }
  return {
    found: [...found.values()],
    unknown: [
      ...roles.flatMap(({ resource }) => {
        if (resource === undefined) return [];
        const reading = trustOf(resource);
        return reading.kind === "unknown" ? [reading.value] : [];
      }),
      ...roles.flatMap(({ policies }) => unknownOf(policies)),
    ],
  };
}

/** People hold them in every known account; the stack's own are judged by what they hold. */
function powerRoles(
  targets: readonly StackRole[],
  { accounts, powerRoles: names }: Organisation,
): readonly RoleNode[] {
  const all = new Set([
    ...accounts,
    ...targets.flatMap(({ account }) => account ?? []),
  ]);
  // A stack has one: no role trusts across partitions.
  const partition = targets
    .map(({ trust }) => partitionOf(trust.resource))
    .find((one) => one !== "aws");
  return [...all]
    .flatMap((account) =>
      names.map((name) => powerRole(name, account, partition)),
    )
    .filter(
      (role) =>
        !targets.some(
          ({ arn, doubt }) => arn === role.arn && doubt === undefined,
        ),
    );
}

const isTakenByPeople = (
  trust: Document,
  { bastionAccountId }: Organisation,
): boolean =>
  // People of another directory sign in by SAML; who comes with an OIDC token is a program.
  federatedProviders(trust).some(isSaml) ||
  whoMayAssume(trust, {
    counts: ({ caller }) =>
      caller.kind === "user" && caller.account === bastionAccountId,
    mfa: [anyMfa],
    accounts: [bastionAccountId],
  }).answer === "open";

/** Whether any session of a role could be meant. */
const trustsRoles = ({ trust }: StackRole): boolean =>
  trust.document.statements.some(
    ({ effect, principals }) =>
      effect === "Allow" &&
      (principals?.mode === "all but these" ||
        principals?.principals.some(({ kind }) => meansRoles.includes(kind))),
  );

const meansRoles = ["everyone", "account", "role", "role session"];

/** A step that is open, or may be. */
interface Step {
  readonly to: StackRole;
  /** Of a step through a service. */
  readonly by?: Pick<ServiceStep, "path" | "through">;
  readonly doubt: string | undefined;
}

/** All steps from a role; from each they are looked for once, wherever the way began. */
function steps(
  targets: readonly StackRole[],
  resources: readonly Resource[],
): (from: RoleNode) => readonly Step[] {
  // Most roles trust services alone.
  const assumable = targets.filter(trustsRoles);
  // Many roles have the same trust policy, which is one object then.
  const trusts = new Set(assumable.map(({ trust }) => trust.document));
  const services = servicesIn(targets, resources);
  const known = new Map<RoleNode, readonly Step[]>();
  const takenFrom = (from: RoleNode): readonly Step[] => {
    const letIn = new Map(
      [...trusts]
        .map((one) => [one, sessionsLetIn(from, one)] as const)
        .filter(([, sessions]) => sessions.length > 0),
    );
    if (letIn.size === 0) return [];
    return assumable.flatMap((to) => {
      const sessions = letIn.get(to.trust.document) ?? [];
      return sessions.length === 0
        ? []
        : step(from, to, mayStep(from, to, sessions));
    });
  };
  return (from) => {
    const found = known.get(from) ?? [
      ...takenFrom(from),
      ...serviceSteps(from, services).flatMap(({ to, verdict, ...by }) =>
        step(from, to, verdict, by),
      ),
    ];
    known.set(from, found);
    return found;
  };
}

const step = (
  from: RoleNode,
  to: StackRole,
  verdict: StepVerdict,
  by?: Step["by"],
): readonly Step[] =>
  verdict.answer === "closed"
    ? []
    : [
        {
          to,
          ...(by && { by }),
          doubt:
            verdict.answer === "undecided"
              ? verdict.why
              : (from.doubt ?? to.doubt),
        },
      ];

interface Way extends Pick<Escalation, "chain" | "paths" | "doubt"> {
  readonly to: StackRole;
}

/** Breadth first, so that each role is reached by its shortest chain. */
function waysFrom(
  start: RoleNode,
  stepsFrom: (from: RoleNode) => readonly Step[],
): readonly Way[] {
  const ways: Way[] = [];
  const seen = new Set<RoleNode>([start]);
  let edge: readonly (readonly [RoleNode, Omit<Way, "to">])[] = [
    [start, { chain: [start.label], paths: [], doubt: undefined }],
  ];
  while (edge.length > 0) {
    edge = edge.flatMap(([at, { chain, paths, doubt }]) =>
      // A certain step tells more than a doubtful one to the same role.
      [...stepsFrom(at)]
        .sort(certainFirst)
        .flatMap(({ to, by, doubt: own }) => {
          if (seen.has(to)) return [];
          seen.add(to);
          const way = {
            chain: [...chain, ...(by ? [by.through] : []), to.label],
            paths: [...paths, ...(by ? [by.path] : [])],
            doubt: doubt ?? own,
          };
          ways.push({ to, ...way });
          return [[to, way] as const];
        }),
    );
  }
  return ways;
}

const certainFirst = (one: Step, other: Step): number =>
  Number(one.doubt !== undefined) - Number(other.doubt !== undefined);

function escalationBy(
  start: RoleNode,
  { to, ...way }: Way,
): Escalation | undefined {
  const strength = to.strength();
  const { resource } = to.identity;
  if (resource === undefined || strength <= start.strength()) return undefined;
  return { from: start.label, ...way, to: resource, strength };
}

/** A certain way tells more than a doubtful one, a short one more than a long one. */
const isBetter = (one: Escalation, other: Escalation | undefined): boolean =>
  other === undefined ||
  (one.doubt === undefined && other.doubt !== undefined) ||
  ((one.doubt === undefined) === (other.doubt === undefined) &&
    one.chain.length < other.chain.length);
