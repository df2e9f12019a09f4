import { roleOf, roleSessionCase, type CallerCase } from "../decide/callers";
import type { Document } from "../decide/document";
import { firstOpen } from "../decide/first-open";
import { literal, resourceKey } from "../decide/literal";
import { layersOf } from "../decide/permissions";
import { isNamed, speaksOf } from "../decide/principal";
import { search, type Verdict } from "../decide/search";
import { toAssume } from "../decide/trust";
import type { RoleNode, StackRole } from "./role-node";

/** Whether a session of one role can take another. A role's session carries no MFA. */
export const mayStep = (from: RoleNode, to: StackRole): Verdict =>
  firstOpen(
    sessionsOf(from, to.trust.document).map(
      (session) => () => mayStepAs(session, from, to),
    ),
  );

/** Any session of the role, and those that the document names: whoever takes a role names the session. */
const sessionsOf = (
  { session, arn, account }: RoleNode,
  document: Document,
): readonly CallerCase[] => [
  session,
  ...sessionsIn(document)
    .filter((one) => arn !== undefined && roleOf(one) === withoutPath(arn))
    .map((sessionArn) =>
      roleSessionCase({
        account: account ?? "",
        partition: sessionArn.split(":")[1] ?? "",
        arn,
        sessionArn,
      }),
    ),
];

/** Each role asks this of each trust policy. */
const sessionsKnown = new WeakMap<Document, readonly string[]>();

/** The ARNs of sessions that the document names. */
function sessionsIn(document: Document): readonly string[] {
  const arns =
    sessionsKnown.get(document) ??
    document.statements
      .flatMap(({ principals }) => principals?.principals ?? [])
      .flatMap((entry) => (entry.kind === "role session" ? [entry.arn] : []));
  sessionsKnown.set(document, arns);
  return arns;
}

/** A session's ARN does not tell the path of its role. */
const withoutPath = (roleArn: string): string =>
  roleArn.replace(/:role\/.*\//, ":role/");

function mayStepAs(
  session: CallerCase,
  from: RoleNode,
  to: StackRole,
): Verdict {
  const { document } = to.trust;
  const isSpokenOf = document.statements.some(
    (one) => one.effect === "Allow" && speaksOf(one, session.caller),
  );
  if (!isSpokenOf) return { answer: "closed" };
  if (from.account === to.account && from.account !== undefined) {
    const named = ask(session, to, [[namingOnly(document, session)]]);
    if (named.answer === "open") return named;
  }
  const { permissions } = from;
  return ask(session, to, [[document], ...layersOf(permissions)]);
}

function ask(
  { caller, given, derived, preferred }: CallerCase,
  to: StackRole,
  layers: readonly (readonly Document[])[],
): Verdict {
  return search({
    layers,
    caller,
    given: [
      ...toAssume,
      ...(to.arn === undefined
        ? []
        : [literal("StringEquals", resourceKey, to.arn)]),
      ...given,
    ],
    derived,
    preferred,
  });
}

/**
 * A trust policy that names a role of its own account, or a session of one, needs no permission on
 * that role's side.
 * Source: AWS documentation, "Policy evaluation logic", for a principal in the same account.
 */
function namingOnly(
  { statements }: Document,
  { caller }: CallerCase,
): Document {
  return {
    statements: statements.filter(
      ({ effect, principals }) =>
        effect === "Deny" ||
        principals?.principals.some(
          (entry) =>
            (entry.kind === "role" || entry.kind === "role session") &&
            isNamed(entry, caller),
        ) === true,
    ),
  };
}
