import { roleSessionCase, userCase, type CallerCase } from "../decide/callers";
import { mayChangeAccounts } from "../decide/account-power";
import { oncePer } from "../decide/once-per";
import { partitionsNamed } from "../decide/partitions";
import {
  partitionOf as partitionOfArn,
  policyKey,
} from "../decide/permissions";
import {
  mayChangeIam,
  mayPassAnyRole,
  type Permissions,
} from "../decide/powers";
import { templateText } from "../decide/text/template";
import { awsManagedPolicy } from "./aws-managed";
import { partitionOf, partitionTold } from "../resources/account";
import { knownText } from "../resources/resource";
import {
  documentsOf,
  withoutDenies,
  type BoundingPolicy,
  type HeldPolicy,
  type Identity,
} from "./identity";

/** All policies that say what it may do: a user's groups count. */
export const policiesOf = ({
  policies,
  groups,
  uncertainGroups = [],
}: Identity): readonly HeldPolicy[] => [
  ...policies,
  ...groups.flatMap((group) => group.policies),
  ...uncertainGroups.flatMap((group) => group.policies.map(withoutDenies)),
];

/** What an identity may do, as far as the stack shows it: of one identity, the same object. */
export const permissionsOf = oncePer((identity: Identity): Permissions => {
  const { boundary, account } = identity;
  const [partition, ...others] = partitionsOf(identity);
  let caller: CallerCase | undefined;
  return {
    // Most policies name nothing that anybody would ask of whoever comes.
    get caller() {
      return (caller ??= callerOf(identity, partition));
    },
    elsewhere: others.map((other) => callerOf(identity, other)),
    ...(isTakenAsRole(identity) ? {} : { concernsOthers: true }),
    documents: documentsOf(policiesOf(identity)),
    boundary:
      boundary?.content.kind === "document"
        ? [boundary.content.document]
        : undefined,
    account,
    harmlessBoundaries: harmlessBoundaries(identity),
    harmlessPolicies: harmlessPolicies(identity),
  };
});

/**
 * The boundaries within which whoever it makes has no power: it may give out what they allow, and that
 * again. Source: AWS documentation, "Permissions boundaries for IAM entities", delegating
 * responsibility to others.
 */
const harmlessBoundaries = ({
  account,
  bounding = [],
  groups,
}: Identity): readonly string[] =>
  [...bounding, ...groups.flatMap((group) => group.bounding ?? [])]
    .filter((one) => givesNoPower(one, account))
    .map(({ arn }) => arn);

/**
 * AWS's policies that conditions name as the one to attach, and that give no power: whoever may attach
 * those alone does not become an administrator. One of the account's own may be changed.
 */
const harmlessPolicies = (identity: Identity): readonly string[] => {
  const named = documentsOf(policiesOf(identity))
    .flatMap(({ statements }) => statements)
    .flatMap(({ conditions }) => conditions)
    .filter(({ key }) => key === policyKey)
    .flatMap(({ values }) => values.map(templateText));
  return [...new Set(named)].filter((arn) => {
    const content = awsManagedPolicy(arn);
    return (
      content?.kind === "document" &&
      givesNoPower({ arn, document: content.document }, identity.account)
    );
  });
};

function givesNoPower(
  { arn, document }: BoundingPolicy,
  account: string | undefined,
): boolean {
  const within: Permissions = {
    caller: roleSessionCase({
      account,
      partition: partitionOfArn(arn) ?? "aws",
      arn: undefined,
    }),
    documents: [document],
    boundary: undefined,
    account,
    harmlessBoundaries: [arn],
  };
  return [mayChangeIam, mayPassAnyRole, mayChangeAccounts].every(
    (decide) => decide(within).answer === "closed",
  );
}

/** Of a user or a role; made of its account and name where AWS has not told it yet. */
export function arnOf(
  {
    resource,
    kind,
    account,
    name,
  }: Pick<Identity, "resource" | "kind" | "account" | "name">,
  partition = resource === undefined ? "aws" : partitionOf(resource),
): string | undefined {
  const arn = resource === undefined ? undefined : knownText(resource, "arn");
  if (arn !== undefined) return arn;
  if (account === undefined || name === undefined) return undefined;
  const path = (resource && knownText(resource, "path")) ?? "/";
  return `arn:${partition}:iam::${account}:${kind}${path}${name}`;
}

export const isTakenAsRole = ({ kind }: Identity): boolean =>
  kind === "role" || kind === "permission set";

/** Where neither it nor its provider tells its partition: those that its policies name. */
function partitionsOf(identity: Identity): readonly [string, ...string[]] {
  const policies = policiesOf(identity);
  const resource = identity.resource ?? policies[0]?.resource;
  const told = resource && partitionTold(resource);
  if (told !== undefined) return [told];
  const [first = "aws", ...others] = new Set(
    documentsOf(policies).flatMap(partitionsNamed),
  );
  return [first, ...others];
}

function callerOf(identity: Identity, partition: string): CallerCase {
  const { kind, account } = identity;
  if (isTakenAsRole(identity)) {
    const arn = kind === "role" ? arnOf(identity, partition) : undefined;
    return roleSessionCase({ account, partition, arn });
  }
  // A group's name is no user's: whoever is in it has any name.
  return userCase({
    account,
    partition,
    arn: kind === "user" ? arnOf(identity, partition) : undefined,
  });
}
