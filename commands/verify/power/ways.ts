import type { Trusted } from "../../accounts/trusted";
import type { RoleHere } from "./alike";
import type { Roles, Step } from "./roles";

/** How a role becomes another: the roles on the way, itself the first and the other the last. */
export interface Way {
  readonly from: RoleHere;
  readonly chain: readonly RoleHere[];
  /** Services that a role is passed to on the way, or what runs with one. */
  readonly through: readonly string[];
  readonly doubt: string | undefined;
  /** Those of the chain of which was not read what runs with them, and that the way leads through. */
  readonly unread: readonly RoleHere[];
}

interface Looking {
  readonly roles: Roles;
  readonly takersOf: (role: RoleHere) => readonly Trusted[];
  /** Whether it is enough to know that the way begins there. */
  readonly endsAt: (role: RoleHere) => boolean;
}

/** Every role that leads to the target: by the shortest certain way, or, where there is none, by a doubtful one. */
export function waysTo(target: RoleHere, looking: Looking): readonly Way[] {
  const known = new Map<RoleHere, ReturnType<typeof stepsInto>>();
  const into = (at: RoleHere) => {
    const steps =
      known.get(at) ?? stepsInto(at, looking.roles, looking.takersOf(at));
    known.set(at, steps);
    return steps;
  };
  const certain = search(target, looking, (at) =>
    into(at).filter(([, { doubt }]) => doubt === undefined),
  );
  return [...new Map([...search(target, looking, into), ...certain]).values()];
}

/** Breadth first, backwards. */
function search(
  target: RoleHere,
  { endsAt }: Looking,
  into: (role: RoleHere) => ReturnType<typeof stepsInto>,
): ReadonlyMap<RoleHere, Way> {
  const found = new Map<RoleHere, Way>();
  const start = { chain: [target], through: [], doubt: undefined, unread: [] };
  let edge: readonly (readonly [RoleHere, Omit<Way, "from">])[] = [
    [target, start],
  ];
  while (edge.length > 0) {
    edge = edge.flatMap(([at, { chain, through, doubt, unread }]) =>
      into(at).flatMap(([from, step]) => {
        if (from === target || found.has(from)) return [];
        const way: Way = {
          from,
          chain: [from, ...chain],
          through: [...(step.through ? [step.through] : []), ...through],
          doubt: doubt ?? step.doubt,
          unread: [...(step.isUnread ? [at] : []), ...unread],
        };
        found.set(from, way);
        return endsAt(from) ? [] : [[from, way] as const];
      }),
    );
  }
  return found;
}

/** Certain steps first. */
function stepsInto(
  to: RoleHere,
  roles: Roles,
  takers: readonly Trusted[],
): readonly (readonly [RoleHere, Step])[] {
  const taking = new Set(takers.flatMap((one) => mayBeMeant(one, to, roles)));
  const lent = takers.some(({ kind }) => kind === "service")
    ? roles.in(to.account.id)
    : [];
  return [
    ...[...taking].map((from) => [from, roles.step(from, to)] as const),
    ...lent.map((from) => [from, roles.stepByService(from, to)] as const),
  ]
    .flatMap(([from, step]) =>
      from === to || step === undefined ? [] : [[from, step] as const],
    )
    .sort(
      ([, one], [, other]) =>
        Number(one.doubt !== undefined) - Number(other.doubt !== undefined),
    );
}

/** Roles whose sessions the trust policy may mean. */
function mayBeMeant(
  taker: Trusted,
  to: RoleHere,
  roles: Roles,
): readonly RoleHere[] {
  if (taker.kind !== "role session") return [];
  const { arn, sessionArn, account } = taker;
  if (sessionArn !== undefined) {
    const name = sessionArn.split("/")[1];
    return roles.in(account).filter(({ role }) => role.name === name);
  }
  if (arn === undefined) {
    // Where everyone is trusted, a role of the same account needs no permission.
    return account === to.account.id
      ? roles.in(account)
      : roles.assuming(account);
  }
  const named = roles.at(arn);
  return named === undefined ? [] : [named];
}
