import {
  freshMfa,
  mayAssumeRole,
  tagsByKey,
} from "../../policy-pack/decide/assume-role";
import { speaksOfAction } from "../../policy-pack/decide/could-allow";
import type { Statement } from "../../policy-pack/decide/document";
import { allIamWrites } from "../../policy-pack/decide/iam-actions";
import {
  actionKey,
  literal,
  not,
  resourceKey,
  type Literal,
} from "../../policy-pack/decide/literal";
import { powerOf } from "../../policy-pack/decide/power";
import type { Permissions } from "../../policy-pack/decide/powers";
import type { Verdict } from "../../policy-pack/decide/search";
import { actionOperator } from "../../policy-pack/decide/statement-literals";
import {
  isPlainText,
  templateText,
} from "../../policy-pack/decide/text/template";
import {
  documentNumber,
  trustOf,
  unlessUnreadable,
} from "../accounts/documents";
import type { LiveAccount, LiveRole } from "../accounts/live-account";
import {
  documentsKey,
  mayCall,
  rolePermissions,
} from "../accounts/permissions";

/** How much somebody may do; each holds those before it. */
export const levels = ["nothing", "some", "services", "everything"] as const;
export type Level = (typeof levels)[number];

export const levelWords: Readonly<Record<Level, string>> = {
  nothing: "nothing",
  some: "some services",
  services: "any service but IAM",
  everything: "everything (IAM included)",
};

export const atLeast = (one: Level, other: Level): boolean =>
  levels.indexOf(one) >= levels.indexOf(other);

/**
 * An answer that could not be decided counts as open here: what somebody may have, they keep. The
 * same is asked again and again while a plan is made, and each answer takes many searches.
 */
export function levelOf(permissions: Permissions): Level {
  const known = levelsOf.get(permissions);
  if (known !== undefined) return known;
  const key = JSON.stringify([
    permissions.caller.caller,
    documentsKey(permissions),
  ]);
  const level = levelsByKey.get(key) ?? findLevel(permissions);
  levelsByKey.set(key, level);
  levelsOf.set(permissions, level);
  return level;
}

const levelsOf = new WeakMap<Permissions, Level>();
const levelsByKey = new Map<string, Level>();

function findLevel(permissions: Permissions): Level {
  const { iam, usesAnyService } = powerOf(permissions, "not ruled out");
  if (iam === "all") return "everything";
  if (usesAnyService) return "services";
  return mayDoAny(permissions, not(actionLike("sts:*", "iam:*")))
    ? "some"
    : "nothing";
}

/** Whether it may change IAM for others, or hand a role to a service; undecided counts as yes. */
export const mayTouchIam = (permissions: Permissions): boolean =>
  mayDoAny(
    permissions,
    actionLike("iam:PassRole", ...allIamWrites.map(({ action }) => action)),
    not(literal("StringLike", resourceKey, "arn:*:user/*", "arn:*:mfa/*")),
  );

/** As in a statement: without regard to case. */
const actionLike = (...patterns: readonly string[]): Literal => ({
  met: true,
  condition: {
    key: actionKey,
    operatorName: actionKey,
    operator: actionOperator,
    values: patterns.map((text) => [{ kind: "text", text }]),
  },
});

const mayDoAny = (
  permissions: Permissions,
  ...asked: readonly Literal[]
): boolean => mayCall(permissions, asked).answer !== "closed";

/** Whether the user may take the role with MFA that was just given: both sides must let them. */
export const mayAssume = (
  permissions: Permissions,
  role: LiveRole,
): Verdict["answer"] =>
  mayAssumeRole(
    permissions,
    { arn: role.arn, trust: [trustOf(role)], tags: tagsByKey(role.tags) },
    [freshMfa],
  ).answer;

/** A role that somebody may take, and what it may do. */
export interface OpenRole {
  readonly role: LiveRole;
  readonly permissions: Permissions;
}

/** The roles of the workload accounts that the user may take with MFA, as far as they can be read. */
export const rolesOpenTo = (
  permissions: Permissions,
  workloads: readonly LiveAccount[],
): readonly OpenRole[] =>
  workloads.flatMap((account) =>
    account.roles.flatMap((role) => {
      const open = unlessUnreadable(() =>
        mayAssume(permissions, role) === "open"
          ? [{ role, permissions: permissionsOnce(account, role) }]
          : [],
      );
      return typeof open === "string" ? [] : open;
    }),
  );

/** Whether one of the documents speaks of keeping somebody from a role. */
export const mayDenyRoles = ({ documents }: Permissions): boolean =>
  documents
    .flatMap(({ statements }) => statements)
    .some(
      (one) => one.effect === "Deny" && speaksOfAction(one, "sts:AssumeRole"),
    );

const ofRoles = new Map<string, Permissions>();

/** The same for a role with the same documents, however often it is read: it keeps what was decided. */
export function permissionsOnce(
  account: LiveAccount,
  role: LiveRole,
): Permissions {
  const permissions = rolePermissions(account, role);
  const key = JSON.stringify([role.arn, documentsKey(permissions)]);
  const known = ofRoles.get(key) ?? permissions;
  ofRoles.set(key, known);
  return known;
}

/** What of the old permissions none of the roles has: patterns of actions, and ARNs of roles. */
export function uncovered(
  old: Permissions,
  pattern: Permissions,
  roles: readonly Permissions[],
): readonly string[] {
  const held = new Set(
    roles.flatMap(({ documents }) => documents).map(documentNumber),
  );
  // A document that a role holds as it is need not be taken apart.
  const allows = old.documents
    .filter((document) => !held.has(documentNumber(document)))
    .flatMap(({ statements }) => statements)
    .filter(({ effect }) => effect === "Allow");
  // By the user's own side: whether a role lets them in is for its account to say.
  const mayAskFor = (arn: string): boolean =>
    mayAssumeRole(pattern, { arn, trust: undefined, tags: undefined }, [
      freshMfa,
    ]).answer === "open";
  return [
    ...uncoveredActions(allows, roles),
    ...rolesNamedIn(allows).filter((arn) => !mayAskFor(arn)),
  ];
}

function uncoveredActions(
  allows: readonly Statement[],
  roles: readonly Permissions[],
): readonly string[] {
  const patterns = new Set(
    allows
      .filter(({ actions }) => actions?.mode === "these")
      .flatMap(({ actions }) => actions?.values ?? [])
      .map(templateText)
      .filter((action) => !/^(iam|sts):/i.test(action) && action !== "*"),
  );
  return [...patterns].filter((pattern) => {
    const asked = [actionLike(pattern)];
    return !roles.some((role) => mayCall(role, asked).answer === "open");
  });
}

/** Roles that statements name down to the last letter. */
export const rolesNamedIn = (
  allows: readonly Statement[],
): readonly string[] => [
  ...new Set(
    allows
      .filter(({ actions }) =>
        actions?.values.some((one) =>
          /^sts:(\*|assume)/i.test(templateText(one)),
        ),
      )
      .flatMap(({ resources }) => resources?.values ?? [])
      .filter(isPlainText)
      .map(templateText)
      .filter((arn) => /^arn:[^:]+:iam::\d{12}:role\/[^*?]+$/.test(arn)),
  ),
];
