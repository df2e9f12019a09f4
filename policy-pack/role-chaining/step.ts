import { roleOf, roleSessionCase, type CallerCase } from "../decide/callers";
import { couldAllow } from "../decide/could-allow";
import { directGrants } from "../decide/direct-grant";
import type { Document, Layers, PrincipalEntry } from "../decide/document";
import { firstOpen } from "../decide/first-open";
import { literal, resourceKey } from "../decide/literal";
import { layersOf } from "../decide/permissions";
import { speaksOf } from "../decide/principal";
import { search, type Verdict } from "../decide/search";
import { matches, withWildcards } from "../decide/text/pattern";
import { toAssume } from "../decide/trust";
import type { RoleNode, StackRole } from "./role-node";

/** What a role that takes others is asked for. */
type From = Pick<
  RoleNode,
  "arn" | "arnLike" | "account" | "home" | "permissions"
>;

/** What a role that may be taken is asked for. */
interface To extends Pick<StackRole, "arn" | "home"> {
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
  role.permissions.caller,
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
    ? arnLike.some((text) => matches(withWildcards(text), other))
    : other === withoutPath(arn);

/** A session's ARN does not tell the path of its role. */
const withoutPath = (roleArn: string): string =>
  roleArn.replace(/:role\/.*\//, ":role/");

function mayStepAs(session: CallerCase, from: From, to: To): Verdict {
  const { document } = to.trust;
  const permissions = { ...from.permissions, caller: session };
  const layers = layersOf(permissions);
  const direct =
    from.home === to.home
      ? directGrants([document], assumeRole, permissions)
      : [];
  return firstOpen([
    ...direct.map((one) => () => ask(session, to, one)),
    // Most roles may take no others.
    ...(couldAllow(layers, assumeRole, to.arn)
      ? [() => ask(session, to, [[document], ...layers])]
      : []),
  ]);
}

const assumeRole = "sts:AssumeRole";

function ask(
  { caller, given, derived, preferred }: CallerCase,
  to: To,
  layers: Layers,
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
