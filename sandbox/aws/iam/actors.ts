import type { Role, User } from "../model";
import type { Call } from "../operation";
import { groupsOf } from "./entities";
import type { Subject } from "./policies-of";

/** Whoever can call AWS. */
export type Actor =
  | { readonly kind: "User"; readonly identity: User }
  | { readonly kind: "Role"; readonly identity: Role };

/** Users and roles whom permissions are for: themselves, members of a group, holders of a policy. */
export const actorsOf = (
  { account }: Call,
  subject: Subject,
): readonly Actor[] => {
  const all: readonly Actor[] = [
    ...[...account.users.values()].map((identity) => ({
      kind: "User" as const,
      identity,
    })),
    ...[...account.roles.values()].map((identity) => ({
      kind: "Role" as const,
      identity,
    })),
  ];
  return all.filter((actor) => {
    const groups =
      actor.kind === "User" ? groupsOf(account, actor.identity) : [];
    if (subject.kind !== "Policy") {
      const { identity } = subject;
      return actor.identity === identity || groups.includes(identity);
    }
    const { arn } = subject.policy;
    return [actor.identity, ...groups].some(({ attachedPolicies }) =>
      attachedPolicies.has(arn),
    );
  });
};
