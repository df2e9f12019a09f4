import { roleSessionCase, userCase, type CallerCase } from "../decide/callers";
import { speaksOfAction } from "../decide/could-allow";
import type { Document } from "../decide/document";
import type { Effort } from "../decide/effort";
import { firstOpen } from "../decide/first-open";
import {
  isPresent,
  literal,
  resourceKey,
  type Literal,
} from "../decide/literal";
import {
  boundaryConditions,
  boundaryKey,
  layersOf,
  partitionIn,
  type Permissions,
} from "../decide/permissions";
import { mayRequest } from "../decide/powers";
import { isPlainText, templateText } from "../decide/text/template";
import { awsManagedDocuments } from "../identities/aws-managed";
import { anyArnOf, once, type RoleNode, type StackRole } from "./role-node";
import { allOf, may, type Need, type StepVerdict } from "./service-step";
import { strengthOfPermissions } from "./strength";

/** Somebody whom the holder of a role makes, or makes over, within a boundary. */
export interface MadeNode extends RoleNode {
  /** The boundary, as the policies of the maker name it. */
  readonly within: string;
}

interface Reached {
  readonly to: RoleNode;
  /** Why it is not certain that it is. */
  readonly doubt: string | undefined;
}

interface DelegatedStep {
  readonly to: MadeNode;
  readonly verdict: StepVerdict;
}

/**
 * The ways to all that a boundary allows, by making a role or a user within it, or by giving policies
 * to a role that is reached already. Whoever makes a role says who takes it, so that it is its maker's.
 * That they may be of different names what is made and what gets policies is left out.
 * Source: AWS documentation, "Permissions boundaries for IAM entities", delegating responsibility to
 * others; "Service Authorization Reference", IAM, condition key iam:PermissionsBoundary.
 */
export function delegatedSteps(
  from: RoleNode | MadeNode,
  reached: readonly Reached[],
): readonly DelegatedStep[] {
  // Whoever is within a boundary is asked about by its strength, whom it makes in turn included.
  if ("within" in from) return [];
  return boundariesOf(from).flatMap((boundary): readonly DelegatedStep[] => {
    const best = firstOpen(
      waysTo(boundary, from, reached).map(
        ({ to, needs }) =>
          (effort: Effort) => ({
            ...allOf(needs, effort),
            to,
          }),
      ),
    );
    if (best.answer === "closed") return [];
    const { to, ...verdict } = best;
    return [{ to: to(), verdict }];
  });
}

interface Boundary {
  readonly name: string;
  /** That a request tells it. */
  readonly given: Literal;
  /** undefined: it can't be read. */
  readonly document: Document | undefined;
}

function boundariesOf({
  permissions,
  bounding,
}: RoleNode): readonly Boundary[] {
  const named = boundaryConditions(layersOf(permissions).flat())
    .flatMap(({ values }) => values)
    .map((value) => ({
      name: templateText(value),
      isOne: isPlainText(value) && !/[*?]/.test(templateText(value)),
    }));
  return [...new Map(named.map((one) => [one.name, one])).values()].map(
    ({ name, isOne }) => ({
      name,
      given: isOne
        ? literal("StringEquals", boundaryKey, name)
        : isPresent(boundaryKey),
      document: bounding.find(({ arn }) => arn === name)?.document,
    }),
  );
}

interface Way {
  readonly to: () => MadeNode;
  readonly needs: readonly Need[];
}

function waysTo(
  boundary: Boundary,
  from: RoleNode,
  reached: readonly Reached[],
): readonly Way[] {
  const { permissions, account } = from;
  const { given } = boundary;
  const all = (type: string) => `arn:*:iam::${account ?? "*"}:${type}/?*`;
  const asks = (action: string, on: string): Need =>
    may(permissions, { action, on, given: [given] });
  const within = (what: string, session: CallerCase) => () =>
    madeNode(from, boundary, what, session);
  const facts = {
    account,
    partition: partitionIn(permissions),
    arn: undefined,
  };
  return [
    {
      to: within("a role", named(roleSessionCase(facts), permissions)),
      needs: [
        asks("iam:CreateRole", all("role")),
        givesPolicies(permissions, "Role", all("role"), given),
      ],
    },
    {
      to: within("a user", userCase(facts)),
      needs: [
        asks("iam:CreateUser", all("user")),
        givesPolicies(permissions, "User", all("user"), given),
        anyOf(
          ["iam:CreateAccessKey", "iam:CreateLoginProfile"].map((action) =>
            may(permissions, { action, on: all("user") }),
          ),
        ),
      ],
    },
    ...[{ to: from, doubt: undefined }, ...reached].flatMap(
      ({ to: role, doubt }): readonly Way[] =>
        isOfStack(role)
          ? [
              {
                to: within(role.label, role.permissions.caller),
                needs: [
                  ...(isWithin(role, boundary)
                    ? []
                    : [asks("iam:PutRolePermissionsBoundary", anyArnOf(role))]),
                  givesPolicies(permissions, "Role", anyArnOf(role), given),
                  ...(doubt === undefined
                    ? []
                    : [() => ({ answer: "undecided", why: doubt }) as const]),
                ],
              },
            ]
          : [],
    ),
  ];
}

const isOfStack = (role: RoleNode): role is StackRole => "trust" in role;

function isWithin(
  { identity }: StackRole,
  { name, document }: Boundary,
): boolean {
  const own = identity.boundary;
  return (
    own !== undefined &&
    (own.name === name ||
      (own.content.kind === "document" && own.content.document === document))
  );
}

/** Whether whatever the boundary allows can be given: in a policy of AWS's, or one of the giver's. */
function givesPolicies(
  permissions: Permissions,
  type: "Role" | "User",
  on: string,
  given: Literal,
): Need {
  const attach = (policy: string) => ({
    action: `iam:Attach${type}Policy`,
    on,
    given: [given, literal("ArnLike", "iam:PolicyARN", policy)],
  });
  return anyOf([
    may(permissions, { action: `iam:Put${type}Policy`, on, given: [given] }),
    may(permissions, attach(`arn:*:iam::aws:policy/AdministratorAccess`)),
    (effort) => {
      const made = mayRequest(permissions, {
        action: "iam:CreatePolicy",
        resource: "arn:*:iam::*:policy/?*",
        effort,
      });
      if (made.answer !== "open") return made;
      const policies = made.witness.values.get(resourceKey) ?? [];
      return anyOf(policies.map((one) => may(permissions, attach(one))))(
        effort,
      );
    },
  ]);
}

const anyOf =
  (needs: readonly Need[]): Need =>
  (effort) =>
    firstOpen(needs, effort);

/** With no other names than roles can be made by. */
function named(session: CallerCase, { documents }: Permissions): CallerCase {
  const choices = documents
    .flatMap(({ statements }) => statements)
    .filter(
      (one) => one.effect === "Allow" && speaksOfAction(one, "iam:CreateRole"),
    )
    .map(({ resources }) => resources);
  const names = choices.flatMap((choice) => choice?.values ?? []);
  const isNamed =
    choices.every((choice) => choice?.mode === "these") &&
    names.every(
      (one) => isPlainText(one) && templateText(one).startsWith("arn:"),
    );
  return isNamed
    ? {
        ...session,
        given: [
          ...session.given,
          literal("ArnLike", "aws:PrincipalArn", ...names.map(templateText)),
        ],
      }
    : session;
}

function madeNode(
  { account, home, resource, permissions: ofMaker, label }: RoleNode,
  { name, document }: Boundary,
  what: string,
  session: CallerCase,
): MadeNode {
  const permissions: Permissions = {
    caller: session,
    documents: awsManagedDocuments("AdministratorAccess"),
    boundary: document && [document],
    account: ofMaker.account,
    harmlessBoundaries: [name],
  };
  return {
    label: `${what} within ${name.slice(name.lastIndexOf("/") + 1)}`,
    resource,
    arn: undefined,
    account,
    home,
    permissions,
    bounding: [],
    within: name,
    doubt:
      document === undefined
        ? `nothing here says what the boundary ${name} allows, within which ${label} gives permissions`
        : undefined,
    strength: once(() =>
      document === undefined ? 3 : strengthOfPermissions(permissions),
    ),
  };
}
