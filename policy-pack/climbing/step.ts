import type { Document } from "../decide/document";
import { actionKey, literal, resourceKey } from "../decide/literal";
import { withoutMfa } from "../decide/mfa";
import { speaksOf } from "../decide/principal";
import { search, type Verdict } from "../decide/search";
import type { RoleNode, StackRole } from "./role-node";

/** Whether a session of one role can take another. A role's session carries no MFA. */
export function mayStep(from: RoleNode, to: StackRole): Verdict {
  const { document } = to.trust;
  const isSpokenOf = document.statements.some(
    (one) => one.effect === "Allow" && speaksOf(one, from.session.caller),
  );
  if (!isSpokenOf) return { answer: "closed" };
  if (from.account === to.account && from.account !== undefined) {
    const named = ask(from, to, [[namingOnly(document, from)]]);
    if (named.answer === "open") return named;
  }
  const { permissions } = from;
  return ask(from, to, [
    [document],
    ...(permissions === undefined ? [] : [permissions.documents]),
    ...(permissions?.boundary === undefined ? [] : [permissions.boundary]),
  ]);
}

function ask(
  from: RoleNode,
  to: StackRole,
  layers: readonly (readonly Document[])[],
): Verdict {
  const { caller, given, derived, preferred } = from.session;
  const [keys] = withoutMfa;
  return search({
    layers,
    caller,
    given: [
      literal("StringEquals", actionKey, "sts:AssumeRole"),
      ...(to.arn === undefined
        ? []
        : [literal("StringEquals", resourceKey, to.arn)]),
      ...given,
      ...(keys?.given ?? []),
    ],
    derived,
    preferred,
  });
}

/**
 * A trust policy that names a role of its own account needs no permission on that role's side.
 * Source: AWS documentation, "Policy evaluation logic", for a principal in the same account.
 */
function namingOnly({ statements }: Document, { arn }: RoleNode): Document {
  return {
    statements: statements.filter(
      ({ effect, principals }) =>
        effect === "Deny" ||
        principals?.principals.some(
          (entry) => entry.kind === "role" && entry.arn === arn,
        ) === true,
    ),
  };
}
