import {
  isSpokenOf,
  mayAssumeRole,
  tagsByKey,
} from "../../policy-pack/decide/assume-role";
import { firstOpen } from "../../policy-pack/decide/first-open";
import { actionKey, literal, not } from "../../policy-pack/decide/literal";
import type { MfaState } from "../../policy-pack/decide/mfa";
import type { Permissions } from "../../policy-pack/decide/powers";
import { search, type Verdict } from "../../policy-pack/decide/search";
import { placesOf, trustOf, unlessUnreadable } from "../accounts/documents";
import type { LiveRole } from "../accounts/live-account";
import { requestsOf } from "../accounts/permissions";
import { realRequestWords } from "../requests/real-request";
import type { UserPrincipal } from "./user-principal";

/** An answer, and where it comes from. */
export interface Decision {
  readonly answer: Verdict["answer"];
  /** The statements that let the request in, or why that is not known. */
  readonly why: string;
}

const closed: Decision = { answer: "closed", why: "" };

/** What is decided; undecided where a document can't be read. */
export function decided<Made extends Decision>(
  decide: () => Made,
): Made | Decision {
  const made = unlessUnreadable(decide);
  return typeof made === "string" ? { answer: "undecided", why: made } : made;
}

/** Whether any request of the user gets into the role, in any of the states. */
export function mayAssume(
  principal: UserPrincipal,
  role: LiveRole,
  states: readonly MfaState[],
): Verdict {
  const verdict = unlessUnreadable((): Verdict => {
    const trust = [trustOf(role)];
    const requested = { arn: role.arn, trust, tags: tagsByKey(role.tags) };
    return isSpokenOf(principal.caller, trust)
      ? mayAssumeRole(principal.permissions, requested, states)
      : { answer: "closed" };
  });
  return typeof verdict === "string"
    ? { answer: "undecided", why: verdict }
    : verdict;
}

/** Whether the user may do anything at all that is not among the actions, and what. */
export function mayDoOtherThan(
  permissions: Permissions,
  actions: readonly string[],
  states: readonly MfaState[],
): Decision & { readonly request: string } {
  const others = not(literal("StringEqualsIgnoreCase", actionKey, ...actions));
  const verdict = firstOpen(
    states.map(({ given }) => () => {
      const requests = requestsOf(permissions, [others, ...given]);
      return { ...search(requests), requests };
    }),
  );
  const request =
    verdict.answer === "open"
      ? realRequestWords(verdict.requests, verdict.witness)
      : "";
  return { ...decisionOf(verdict), request };
}

export function decisionOf(verdict: Verdict): Decision {
  switch (verdict.answer) {
    case "open":
      return { answer: "open", why: placesOf(verdict.witness.statements) };
    case "undecided":
      return { answer: "undecided", why: verdict.why };
    case "closed":
      return closed;
  }
}
