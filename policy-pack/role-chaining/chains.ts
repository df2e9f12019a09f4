import type { Document } from "../decide/document";
import type { EscalationPath } from "../decide/escalation-paths";
import type { Identities } from "../identities/gather";
import { unknownOf } from "../identities/identity";
import { trustOf } from "../identities/trust-of";
import { knownAccounts, type Organisation } from "../organisation/organisation";
import type { Resource } from "../resources/resource";
import type { UnknownValue } from "../resources/unknown-value";
import { chatChannels, type ChatNode } from "./chat-channels";
import { delegatedSteps } from "./delegated-step";
import { inferAccounts } from "./infer-account";
import { stackRole, type RoleNode, type StackRole } from "./role-node";
import {
  serviceSteps,
  servicesIn,
  type ServiceStep,
  type StepVerdict,
} from "./service-step";
import { startsOf, type Start } from "./starts";
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
  /**
   * What that is to the last of the chain: itself; who makes it, within a boundary; or the chat channel
   * that gives it.
   */
  readonly goal: "role" | "maker" | "chat";
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
  identities: Identities,
  resources: readonly Resource[],
  organisation: Organisation,
): Escalations {
  const { roles, permissionSets } = identities;
  const known = knownAccounts(organisation, undefined);
  const targets = inferAccounts(roles, known).flatMap((role) =>
    stackRole(role, organisation),
  );
  const found = new Map<RoleNode | Resource, Escalation>();
  const steps = new Steps(targets, resources);
  const chats = chatChannels(resources, targets);
  for (const start of startsOf(
    identities,
    targets,
    resources,
    chats,
    organisation,
  )) {
    for (const way of waysFrom(start, steps)) {
      const escalation = escalationBy(start.role, way);
      if (escalation === undefined) continue;
      const key = escalation.goal === "maker" ? way.to : escalation.to;
      if (isBetter(escalation, found.get(key))) found.set(key, escalation);
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
      ...[...roles, ...permissionSets].flatMap(({ policies }) =>
        unknownOf(policies),
      ),
      ...steps.unknown.values(),
      ...chats.unknown,
    ],
  };
}

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
  readonly to: RoleNode;
  /** Of a step through a service. */
  readonly by?: Pick<ServiceStep, "path" | "through">;
  readonly doubt: string | undefined;
}

/** All steps from a role; from each they are looked for once, wherever the way began. */
class Steps {
  /** What may lead to a stronger role, by its resource, where that is not known yet. */
  readonly unknown = new Map<Resource, UnknownValue>();
  private readonly known = new Map<RoleNode, readonly Step[]>();
  private readonly assumable: readonly StackRole[];
  private readonly trusts: ReadonlySet<Document>;
  private readonly services: ReturnType<typeof servicesIn>;

  constructor(targets: readonly StackRole[], resources: readonly Resource[]) {
    // Most roles trust services alone.
    this.assumable = targets.filter(trustsRoles);
    // Many roles have the same trust policy, which is one object then.
    this.trusts = new Set(this.assumable.map(({ trust }) => trust.document));
    this.services = servicesIn(targets, resources);
  }

  /** The certain ones first: they tell more than a doubtful one to the same role. */
  from(role: RoleNode | ChatNode): readonly Step[] {
    const known = this.known.get(role);
    if (known !== undefined) return known;
    const steps = [
      ...("inChat" in role ? inChat(role) : []),
      ...this.taken(role),
      ...this.throughServices(role),
    ];
    const all = [
      ...steps,
      ...delegatedSteps(role, steps).flatMap(({ to, verdict }) =>
        step(role, to, verdict),
      ),
    ].sort(certainFirst);
    this.known.set(role, all);
    return all;
  }

  private taken(from: RoleNode): readonly Step[] {
    const letIn = new Map(
      [...this.trusts]
        .map((one) => [one, sessionsLetIn(from, one)] as const)
        .filter(([, sessions]) => sessions.length > 0),
    );
    if (letIn.size === 0) return [];
    return this.assumable.flatMap((to) => {
      const sessions = letIn.get(to.trust.document) ?? [];
      return sessions.length === 0
        ? []
        : step(from, to, mayStep(from, to, sessions));
    });
  }

  private throughServices(from: RoleNode): readonly Step[] {
    return serviceSteps(from, this.services(from.home)).flatMap((one) => {
      if (!("unknown" in one)) {
        const { to, verdict, ...by } = one;
        return step(from, to, verdict, by);
      }
      const { to, unknown } = one;
      if (to === undefined || to.strength() > from.strength()) {
        this.unknown.set(unknown.resource, unknown);
      }
      return [];
    });
  }
}

const certainFirst = (one: Step, other: Step): number =>
  Number(one.doubt !== undefined) - Number(other.doubt !== undefined);

const inChat = (from: ChatNode): readonly Step[] =>
  step(from, from.inChat, { answer: "open" });

const step = (
  from: RoleNode,
  to: RoleNode,
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
  readonly to: RoleNode;
}

/** Breadth first, so that each role is reached by its shortest chain. */
function waysFrom(
  { role: start, doubt: ofStart }: Start,
  steps: Steps,
): readonly Way[] {
  const ways: Way[] = [];
  const seen = new Set<RoleNode>([start]);
  let edge: readonly (readonly [RoleNode, Omit<Way, "to">])[] = [
    [start, { chain: [start.label], paths: [], doubt: ofStart }],
  ];
  while (edge.length > 0) {
    edge = edge.flatMap(([at, { chain, paths, doubt }]) =>
      steps.from(at).flatMap(({ to, by, doubt: own }) => {
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

function escalationBy(
  start: RoleNode,
  { to, ...way }: Way,
): Escalation | undefined {
  const strength = to.strength();
  const { resource } = to;
  if (resource === undefined || strength <= start.strength()) return undefined;
  return {
    from: start.label,
    ...way,
    to: resource,
    goal:
      "within" in to
        ? "maker"
        : "inChat" in start && to === start.inChat
          ? "chat"
          : "role",
    strength,
  };
}

/** A certain way tells more than a doubtful one, a short one more than a long one. */
const isBetter = (one: Escalation, other: Escalation | undefined): boolean =>
  other === undefined ||
  (one.doubt === undefined && other.doubt !== undefined) ||
  ((one.doubt === undefined) === (other.doubt === undefined) &&
    one.chain.length < other.chain.length);
