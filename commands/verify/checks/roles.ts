import type { Permissions } from "../../../policy-pack/decide/permissions";
import type {
  LiveAccount,
  LiveRole,
  NamedDocument,
} from "../../accounts/live-account";
import type { NamedAccount } from "../../accounts/organisation";
import { rolePermissions } from "../../accounts/permissions";
import { permissionDifferences, trustDifferences } from "../compare";
import { boundariesIn, rolesIn, type ExpectedBoundary } from "../expected";
import type { ExpectedRole } from "../expected-role";
import type { Facts } from "../facts";
import { finding, type Findings } from "../findings";
import { toCorrect } from "../remedies";
import {
  boundaryFindings,
  closedFindings,
  pathFindings,
  tagFindings,
} from "./principals";

/** Whether each role of the config lets in whom it should, and may do what it should: no more, no less. */
export function* checkRoles({
  organisation,
  expected,
}: Pick<Facts, "organisation" | "expected">): Findings {
  for (const account of organisation.accounts) {
    const found = new Map(account.live.roles.map((role) => [role.name, role]));
    const boundaries = boundariesIn(expected, account);
    for (const meant of rolesIn(expected, account)) {
      const role = found.get(meant.name);
      if (role === undefined) continue;
      yield* permissionFindings(account, role, meant, boundaries);
      yield* trustFindings(account, role, meant);
      yield* boundaryFindings(account, role, meant.boundaryArn);
      // What a pipeline's boundary says is known, and compared by itself.
      if (!boundaries.some(({ arn }) => arn === role.boundary)) {
        yield* closedFindings(account, role);
      }
      yield* pathFindings(account, role);
      yield* tagFindings(account, role, meant.tags);
      yield* sessionFindings(account, role, meant);
    }
  }
}

const permissionKinds = {
  more: "role-allows-more",
  less: "role-allows-less",
  undecided: "comparison-undecided",
} as const;

function* permissionFindings(
  account: NamedAccount,
  role: LiveRole,
  meant: ExpectedRole,
  boundaries: readonly ExpectedBoundary[],
): Findings {
  const { live } = account;
  const differences = permissionDifferences(
    live,
    role,
    documentsOf(live, meant, boundaries),
    (): Permissions => rolePermissions(live, role),
  );
  const remedy = toCorrect(role, account, ({ name, arn }) =>
    arn === undefined
      ? Object.hasOwn(meant.inlinePolicies, name)
      : meant.managedPolicyArns.includes(arn),
  );
  for (const { kind, words } of differences) {
    const message = `${role.name} in ${account.name} ${words}`;
    yield finding(permissionKinds[kind], account, role.arn, message, remedy);
  }
}

const documentsOf = (
  live: LiveAccount,
  { inlinePolicies, managedPolicyArns, boundaryArn }: ExpectedRole,
  boundaries: readonly ExpectedBoundary[],
) => ({
  policies: [
    ...Object.entries(inlinePolicies).map(([name, document]) => ({
      name: `policy ${name} of the config`,
      text: JSON.stringify(document),
    })),
    ...managedPolicyArns.map((arn) => managed(live, arn)),
  ],
  boundary:
    boundaryArn === null
      ? undefined
      : (ofConfig(boundaries, boundaryArn) ?? managed(live, boundaryArn)),
});

const ofConfig = (
  boundaries: readonly ExpectedBoundary[],
  wanted: string,
): NamedDocument | undefined =>
  boundaries
    .filter(({ arn }) => arn === wanted)
    .map(({ arn, document }) => ({
      name: `the boundary ${arn} of the config`,
      text: JSON.stringify(document),
    }))
    .at(0);

/** What the account says that it is. */
const managed = (
  { managedPolicies }: LiveAccount,
  arn: string,
): NamedDocument => ({
  name: `the managed policy ${arn} of the config`,
  text: managedPolicies.get(arn) ?? "",
});

const trustKinds = {
  more: "role-trusts-more",
  less: "role-trusts-less",
  undecided: "comparison-undecided",
} as const;

function* trustFindings(
  account: NamedAccount,
  role: LiveRole,
  { trust }: ExpectedRole,
): Findings {
  for (const { kind, words } of trustDifferences(role, trust)) {
    const message = `${role.name} in ${account.name} ${words}`;
    yield finding(trustKinds[kind], account, role.arn, message);
  }
}

function* sessionFindings(
  account: NamedAccount,
  { name, arn, maxSessionSeconds }: LiveRole,
  meant: ExpectedRole,
): Findings {
  if (maxSessionSeconds === meant.maxSessionSeconds) return;
  const found = maxSessionSeconds ?? "an unknown number of";
  const message = `sessions of ${name} in ${account.name} may last ${found} seconds, and the config says ${meant.maxSessionSeconds}`;
  yield finding("session-differs", account, arn, message);
}
