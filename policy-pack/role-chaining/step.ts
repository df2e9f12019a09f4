import { roleOf, roleSessionCase, type CallerCase } from "../decide/callers";
import { couldAllow } from "../decide/could-allow";
import type { Document, PrincipalEntry } from "../decide/document";
import { firstOpen } from "../decide/first-open";
import { literal, resourceKey } from "../decide/literal";
import { layersOf } from "../decide/permissions";
import { isNamed, speaksOf } from "../decide/principal";
import { search, type Verdict } from "../decide/search";
import { compile, matches } from "../decide/text/pattern";
import { toAssume } from "../decide/trust";
import type { RoleNode, StackRole } from "./role-node";

/** What a role that takes others is asked for. */
type From = Pick<
  RoleNode,
  "session" | "arn" | "arnLike" | "account" | "permissions"
>;

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
const sessionsOf = (role: From, document: Document): readonly CallerCase[] => [
  role.session,
  ...document.statements
    .flatMap(({ principals }) => principals?.principals ?? [])
    .flatMap((entry) => namedSession(role, entry)),
];

function namedSession(
  role: From,
  entry: PrincipalEntry,
): readonly CallerCase[] {
  const { arn, account = "" } = role;
  const facts = (own: string) => ({
    account,
    partition: own.split(":")[1] ?? "",
  });
  switch (entry.kind) {
    case "role session":
      return isArnOf(role, roleOf(entry.arn))
        ? [roleSessionCase({ ...facts(entry.arn), arn, sessionArn: entry.arn })]
        : [];
    // One whose ARN is known is in the session itself.
    case "role":
      return arn === undefined && isArnOf(role, entry.arn)
        ? [roleSessionCase({ ...facts(entry.arn), arn: entry.arn })]
        : [];
    default:
      return [];
  }
}

const isArnOf = ({ arn, arnLike = [] }: From, other: string): boolean =>
  arn === undefined
    ? arnLike.some((text) =>
        matches(compile([{ kind: "text", text }], "wildcards"), other),
      )
    : other === withoutPath(arn);

/** A session's ARN does not tell the path of its role. */
const withoutPath = (roleArn: string): string =>
  roleArn.replace(/:role\/.*\//, ":role/");

function mayStepAs(session: CallerCase, from: From, to: To): Verdict {
  const { document } = to.trust;
  const layers = layersOf(from.permissions);
  const naming = namingOnly(document, session);
  const isByName =
    from.account === to.account &&
    from.account !== undefined &&
    naming.statements.some(({ effect }) => effect === "Allow");
  return firstOpen([
    ...(isByName ? [() => ask(session, to, [[naming]])] : []),
    // Most roles may take no others.
    ...(couldAllow(layers, "sts:AssumeRole", to.arn)
      ? [() => ask(session, to, [[document], ...layers])]
      : []),
  ]);
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
