import { roleOf, roleSessionCase, type CallerCase } from "../decide/callers";
import type { Document } from "../decide/document";
import { firstOpen } from "../decide/first-open";
import { literal, resourceKey } from "../decide/literal";
import { layersOf } from "../decide/permissions";
import { isNamed, speaksOf } from "../decide/principal";
import { search, type Verdict } from "../decide/search";
import { toAssume } from "../decide/trust";
import type { RoleNode, StackRole } from "./role-node";

/** What a role that takes others is asked for. */
type From = Pick<RoleNode, "session" | "arn" | "account" | "permissions">;

/** What a role that may be taken is asked for. */
interface To extends Pick<StackRole, "arn" | "account"> {
  readonly trust: { readonly document: Document };
}

/**
 * Whether a session of one role can take another. A role's session carries no MFA.
 *
 * @param sessions those that the other's trust policy speaks of
 */
export const mayStep = (
  from: From,
  to: To,
  sessions = sessionsLetIn(from, to.trust.document),
): Verdict =>
  firstOpen(sessions.map((session) => () => mayStepAs(session, from, to)));

/** The role's sessions that an Allow of the trust policy speaks of. */
export const sessionsLetIn = (
  from: From,
  trust: Document,
): readonly CallerCase[] =>
  sessionsOf(from, trust).filter(({ caller }) =>
    trust.statements.some(
      (one) => one.effect === "Allow" && speaksOf(one, caller),
    ),
  );

/** Any session of the role, and those that the document names: whoever takes a role names the session. */
const sessionsOf = (
  { session, arn, account }: From,
  document: Document,
): readonly CallerCase[] => [
  session,
  ...document.statements
    .flatMap(({ principals }) => principals?.principals ?? [])
    .flatMap((entry) => (entry.kind === "role session" ? [entry.arn] : []))
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

/** A session's ARN does not tell the path of its role. */
const withoutPath = (roleArn: string): string =>
  roleArn.replace(/:role\/.*\//, ":role/");

function mayStepAs(session: CallerCase, from: From, to: To): Verdict {
  const { document } = to.trust;
  if (from.account === to.account && from.account !== undefined) {
    const named = ask(session, to, [[namingOnly(document, session)]]);
    if (named.answer === "open") return named;
  }
  const { permissions } = from;
  return ask(session, to, [[document], ...layersOf(permissions)]);
}

function ask(
  { caller, given, derived, preferred }: CallerCase,
  to: To,
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
