import { federatedProviders, isSaml } from "../decide/federation";
import { anyMfa } from "../decide/mfa";
import { whoMayAssume } from "../decide/trust";
import type { Identities } from "../identities/gather";
import { unknownOf } from "../identities/identity";
import { trustOf } from "../identities/trust-of";
import type { Organisation } from "../organisation/organisation";
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
import { mayStep } from "./step";
import type { Strength } from "./strength";

/** A way from a role that people take to a stronger one. */
export interface Escalation {
  readonly from: string;
  /** The names of the roles on the way, the first and the last among them. */
  readonly chain: readonly string[];
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
  organisation: Organisation,
): Escalations {
  const targets = inferAccounts(roles).flatMap((role) =>
    stackRole(role, organisation),
  );
  const starts = [
    ...powerRoles(targets, organisation),
    ...targets.filter((role) => isTakenByPeople(role, organisation)),
  ];
  const found = new Map<StackRole, Escalation>();
  // Most roles trust services alone: they are looked at once, and not from each start.
  const reachable = targets.filter(trustsRoles);
  for (const start of starts) {
    for (const way of waysFrom(start, reachable)) {
      const escalation = escalationBy(start, way);
      const known = found.get(way.to);
      if (escalation !== undefined && isBetter(escalation, known)) {
        found.set(way.to, escalation);
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
    .filter((role) => !targets.some(({ arn }) => arn === role.arn));
}

const isTakenByPeople = (
  { trust }: StackRole,
  { bastionAccountId }: Organisation,
): boolean =>
  // People of another directory sign in by SAML; who comes with an OIDC token is a program.
  federatedProviders(trust.document).some(isSaml) ||
  whoMayAssume(trust.document, {
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

interface Way {
  readonly to: StackRole;
  readonly chain: readonly string[];
  readonly doubt: string | undefined;
}

/** Breadth first, so that each role is reached by its shortest chain. */
function waysFrom(
  start: RoleNode,
  targets: readonly StackRole[],
): readonly Way[] {
  const ways: Way[] = [];
  const seen = new Set<RoleNode>([start]);
  let edge: readonly {
    readonly at: RoleNode;
    readonly way: Omit<Way, "to">;
  }[] = [{ at: start, way: { chain: [start.label], doubt: undefined } }];
  while (edge.length > 0) {
    edge = edge.flatMap(({ at, way }) =>
      targets.flatMap((to) => {
        if (seen.has(to)) return [];
        const verdict = mayStep(at, to);
        if (verdict.answer === "closed") return [];
        seen.add(to);
        const next = {
          chain: [...way.chain, to.label],
          doubt:
            way.doubt ??
            (verdict.answer === "undecided" ? verdict.why : undefined),
        };
        ways.push({ to, ...next });
        return [{ at: to, way: next }];
      }),
    );
  }
  return ways;
}

function escalationBy(
  start: RoleNode,
  { to, chain, doubt }: Way,
): Escalation | undefined {
  const strength = to.strength();
  const { resource } = to.identity;
  if (resource === undefined || strength <= start.strength()) return undefined;
  return { from: start.label, chain, to: resource, strength, doubt };
}

/** A certain way tells more than a doubtful one, a short one more than a long one. */
const isBetter = (one: Escalation, other: Escalation | undefined): boolean =>
  other === undefined ||
  (one.doubt === undefined && other.doubt !== undefined) ||
  ((one.doubt === undefined) === (other.doubt === undefined) &&
    one.chain.length < other.chain.length);
