import {
  freshMfa,
  mayAssumeRole,
  tagsByKey,
  tellUsersApart,
} from "../../policy-pack/decide/assume-role";
import { speaksOfAction } from "../../policy-pack/decide/could-allow";
import type { Document, Statement } from "../../policy-pack/decide/document";
import { allIamWrites } from "../../policy-pack/decide/iam-actions";
import {
  actionKey,
  literal,
  not,
  resourceKey,
  type Literal,
} from "../../policy-pack/decide/literal";
import { oncePer } from "../../policy-pack/decide/once-per";
import { powerOf } from "../../policy-pack/decide/power";
import type { Permissions } from "../../policy-pack/decide/powers";
import type { Verdict } from "../../policy-pack/decide/search";
import { actionOperator } from "../../policy-pack/decide/statement-literals";
import {
  isPlainText,
  templateText,
  type Template,
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
import { tellCallersApart } from "./any-session";
import { lastingFrom } from "./permissions";

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
 *
 * @param from left out: what has ended counts as well
 */
export function levelOf(permissions: Permissions, from?: Date): Level {
  const { caller, documents, boundary = [] } = permissions;
  const key = JSON.stringify([
    tellCallersApart([...documents, ...boundary]) ? caller.caller : "whoever",
    documentsKey(permissions),
    from,
  ]);
  const level =
    levelsByKey.get(key) ??
    findLevel(
      from === undefined ? permissions : lastingFrom(permissions, from),
    );
  levelsByKey.set(key, level);
  return level;
}

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
export const actionLike = (...patterns: readonly string[]): Literal => ({
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

/**
 * Whether the user may take the role with MFA that was just given: both sides must let them. Users whom
 * neither side tells apart are one question.
 */
export function mayAssume(
  permissions: Permissions,
  role: LiveRole,
): Verdict["answer"] {
  const trust = trustOf(role);
  const ask = (): Verdict["answer"] =>
    mayAssumeRole(
      permissions,
      { arn: role.arn, trust: [trust], tags: tagsByKey(role.tags) },
      [freshMfa],
    ).answer;
  const { documents, boundary = [] } = permissions;
  const isTold =
    tellUsersApart([besideUsers(trust), ...documents, ...boundary]) ||
    namesOne(trust) ||
    hasShortName(permissions);
  if (isTold) return ask();
  const key = JSON.stringify([
    documentsKey(permissions),
    [role.arn, documentNumber(trust), role.tags],
  ]);
  const answer = takenBy.get(key) ?? ask();
  takenBy.set(key, answer);
  return answer;
}

const takenBy = new Map<string, Verdict["answer"]>();

/** Without what says the same of all users of an account: that they are, and that a session has their name. */
const besideUsers = oncePer(({ statements }: Document): Document => ({
  statements: statements.map((one) => ({
    ...one,
    conditions: one.conditions.filter(
      ({ key, values }) =>
        !(key === "sts:rolesessionname" && values.every(isOwnName)) &&
        !(key === "aws:principalarn" && values.every(isEveryUser)),
    ),
  })),
}));

/** Which each user can choose. */
const isOwnName = ([part, ...more]: Template): boolean =>
  more.length === 0 && part?.kind === "variable" && part.key === "aws:username";

const isEveryUser = (value: Template): boolean =>
  /^arn:[^:*?]+:iam::\d{12}:user\/\*$/.test(templateText(value));

/** A session's has two letters or more. Source: AWS STS API reference, "AssumeRole". */
const hasShortName = ({ caller: { caller } }: Permissions): boolean =>
  "arn" in caller && (caller.arn?.split("/").at(-1)?.length ?? 0) < 2;

/** Whether it speaks of somebody who is no whole account. */
const namesOne = ({ statements }: Document): boolean =>
  statements
    .flatMap(({ principals }) => principals?.principals ?? [])
    .some(({ kind }) => kind !== "account" && kind !== "everyone");

/** A role that somebody may take, and what it may do. */
export interface OpenRole {
  readonly role: LiveRole;
  readonly permissions: Permissions;
}

/** The accounts' roles that the user may take with MFA, as far as they can be read. */
export const rolesOpenTo = (
  permissions: Permissions,
  accounts: readonly LiveAccount[],
): readonly OpenRole[] =>
  accounts.flatMap((account) =>
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
