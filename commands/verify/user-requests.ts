import {
  isSpokenOf,
  mayAssumeRole,
  tagsByKey,
  type RequestedRole,
} from "../../policy-pack/decide/assume-role";
import { actionKey, literal, not } from "../../policy-pack/decide/literal";
import { anyMfa, type MfaState } from "../../policy-pack/decide/mfa";
import type { Permissions } from "../../policy-pack/decide/powers";
import type { Verdict } from "../../policy-pack/decide/search";
import { placesOf, readTrust } from "../accounts/documents";
import type { LiveRole } from "../accounts/live-account";
import { mayCall } from "../accounts/permissions";
import type { Alike, UserPrincipal } from "./user-principal";

/** An answer, and where it comes from. */
export interface Decision {
  readonly answer: Verdict["answer"];
  /** The statements that let the request in, or why that is not known. */
  readonly why: string;
}

const closed: Decision = { answer: "closed", why: "" };
export const undecided = (why: string): Decision => ({
  answer: "undecided",
  why,
});

/** Whether any request of the user gets into the role, in any of the states. */
export function mayAssume(
  principal: UserPrincipal,
  role: LiveRole,
  states: readonly MfaState[],
): Decision {
  const trust = readTrust(role);
  if (trust.kind === "unreadable") return undecided(trust.why);
  const trusts = [trust.document];
  if (!isSpokenOf(principal.caller, trusts)) return closed;
  if (principal.kind === "unreadable") return undecided(principal.why);
  const requested = {
    arn: role.arn,
    trust: trusts,
    tags: tagsByKey(role.tags),
  };
  return isClosedToAlike(principal.alike, role, requested)
    ? closed
    : firstOpen([
        () => mayAssumeRole(principal.permissions, requested, states),
      ]);
}

const closedRoles = new WeakMap<LiveRole, Map<string, boolean>>();

/**
 * Whether any user with these permissions is kept out, whatever the name and the MFA: a proof for
 * all who share them, and asked once. A trust policy that names users makes a difference between them.
 */
function isClosedToAlike(
  { key, permissions }: Alike,
  role: LiveRole,
  requested: RequestedRole,
): boolean {
  const namesUsers = (requested.trust ?? [])
    .flatMap(({ statements }) => statements)
    .flatMap(({ principals }) => principals?.principals ?? [])
    .some(({ kind }) => kind === "user");
  if (namesUsers) return false;
  const known = closedRoles.get(role) ?? new Map<string, boolean>();
  closedRoles.set(role, known);
  const isClosed =
    known.get(key) ??
    mayAssumeRole(permissions, requested, [anyMfa]).answer === "closed";
  known.set(key, isClosed);
  return isClosed;
}

/** Whether the user may do anything at all that is not among the actions. */
export function mayDoOtherThan(
  permissions: Permissions,
  actions: readonly string[],
  states: readonly MfaState[],
): Decision & { readonly action: string } {
  let action = "?";
  const decision = firstOpen(
    states.map(({ given }) => () => {
      const verdict = mayCall(permissions, [
        not(literal("StringEqualsIgnoreCase", actionKey, ...actions)),
        ...given,
      ]);
      if (verdict.answer === "open") {
        [action = "?"] = verdict.witness.values.get(actionKey) ?? [];
      }
      return verdict;
    }),
  );
  return { ...decision, action };
}

/** The first that is open; undecided when some are and none is open. */
export function firstOpen(questions: readonly (() => Verdict)[]): Decision {
  let doubt: Decision | undefined;
  for (const question of questions) {
    const verdict = question();
    if (verdict.answer === "open") {
      return { answer: "open", why: placesOf(verdict.witness.statements) };
    }
    if (verdict.answer === "undecided") doubt ??= undecided(verdict.why);
  }
  return doubt ?? closed;
}
