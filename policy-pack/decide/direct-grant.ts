import { speaksOfAction } from "./could-allow";
import type { Document, Layers, PrincipalEntry, Statement } from "./document";
import { layersOf, type Permissions } from "./permissions";
import { isNamed, speaksOf, type Caller } from "./principal";

/**
 * The ways in which a policy of a resource of the caller's own account lets the caller in without a
 * permission of theirs: it names them, or everyone. An account as the principal leaves it to that
 * account's policies. What the caller's own documents deny stays denied, and a boundary limits what is
 * given to a role's ARN, but not what is given to a user, a session, or everyone.
 *
 * Source: AWS documentation, "Policy evaluation logic"; "Permissions boundaries for IAM entities";
 * "AWS global condition context keys", aws:PrincipalArn with a wildcard as the principal.
 */
export function directGrants(
  policy: readonly Document[],
  action: string,
  { caller: { caller }, documents, boundary }: Permissions,
): readonly Layers[] {
  const denies = layersOf({ documents, boundary })
    .flat()
    .map((one) =>
      those(
        one,
        (statement) =>
          statement.effect === "Deny" && speaksOfAction(statement, action),
      ),
    );
  const by = (kinds: readonly PrincipalEntry["kind"][]) =>
    policy.map((one) =>
      those(one, (statement) =>
        statement.effect === "Deny"
          ? true
          : lettingIn(statement, caller).some((kind) => kinds.includes(kind)),
      ),
    );
  const [toAnyone, toRole] = [by(unlimited), by(["role"])];
  return [
    ...(allows(toAnyone) ? [[[...toAnyone, ...denies]]] : []),
    ...(allows(toRole)
      ? [[[...toRole, ...denies], ...(boundary ? [boundary] : [])]]
      : []),
  ];
}

const unlimited: readonly PrincipalEntry["kind"][] = [
  "user",
  "role session",
  "everyone",
];

/** As what the statement names the caller. */
const lettingIn = (
  statement: Statement,
  caller: Caller,
): readonly PrincipalEntry["kind"][] =>
  statement.principals?.mode === "all but these"
    ? speaksOf(statement, caller)
      ? ["everyone"]
      : []
    : (statement.principals?.principals ?? [])
        .filter((entry) => isNamed(entry, caller))
        .map(({ kind }) => kind);

const those = (
  { statements }: Document,
  which: (statement: Statement) => boolean,
): Document => ({ statements: statements.filter(which) });

const allows = (documents: readonly Document[]): boolean =>
  documents.some(({ statements }) =>
    statements.some(({ effect }) => effect === "Allow"),
  );
