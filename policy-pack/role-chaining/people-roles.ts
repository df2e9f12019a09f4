import { roleSessionCase, type CallerCase } from "../decide/callers";
import type { DerivedKeys } from "../decide/derived-keys";
import { literal, not } from "../decide/literal";
import { awsManagedDocuments } from "../identities/aws-managed";
import type { Identity } from "../identities/identity";
import { permissionsOf } from "../identities/permissions";
import type { RoleNode } from "./role-node";
import { strengthOfPowerRole, type Strength } from "./strength";

/** Where a role of people stands that the stack does not build there. */
export interface Place {
  /** undefined: that of one of the stack's providers, which does not show. */
  readonly account: string | undefined;
  readonly home: string;
  readonly partition: string;
}

/** A role of the config that people hold in an account, whichever stack builds it there. */
export function powerRole(
  name: string,
  { account, home, partition }: Place,
): RoleNode {
  const arn =
    account === undefined
      ? undefined
      : `arn:${partition}:iam::${account}:role/${name}`;
  return {
    label: `${name} of ${accountWords(account)}`,
    resource: undefined,
    arn,
    account,
    home,
    permissions: {
      caller: roleSessionCase({ account, partition, arn }),
      // They may use any service, and take any role that lets them; IAM is not theirs.
      documents: awsManagedDocuments("PowerUserAccess"),
      boundary: undefined,
      account,
    },
    bounding: [],
    strength: () => strengthOfPowerRole,
  };
}

/**
 * The role that AWS makes of a permission set in an account. Source: AWS documentation, "Referencing
 * permission sets in resource policies, Amazon EKS Cluster config maps, and AWS KMS key policies".
 *
 * @param strength of the set, which is the same in each account
 */
export function permissionSetRole(
  set: Identity,
  { account, home, partition }: Place,
  strength: () => Strength,
): RoleNode {
  const { resource, bounding = [] } = set;
  // One of another stack is known by its ARN alone.
  const name = resource === undefined ? undefined : set.name;
  const inPath = `aws-reserved/sso.amazonaws.com/*`;
  const own = `AWSReservedSSO_${name ?? "*"}_${"?".repeat(16)}`;
  const roles = `arn:*:iam::${account ?? "*"}:role/`;
  const one = roleSessionCase({ account, partition, arn: undefined });
  const session: CallerCase = {
    ...one,
    given: [
      ...one.given,
      literal("ArnLike", principalArn, `${roles}${inPath}${own}`),
      // The path ends before the name.
      not(literal("ArnLike", principalArn, `${roles}*_*AWSReservedSSO_*`)),
    ],
    derived: one.derived.map((each) => withLikely(each, set.name ?? "any")),
  };
  return {
    label: `permission set ${set.name ?? resource?.name ?? "?"} in ${accountWords(account)}`,
    resource: resource ?? set.policies[0]?.resource,
    arn: undefined,
    // A session's ARN does not tell the path.
    arnLike: [`${roles}${inPath}${own}`, `${roles}${own}`],
    account,
    home,
    permissions: { ...permissionsOf(set), caller: session, account },
    bounding,
    strength,
  };
}

const principalArn = "aws:PrincipalArn";

/** With a path and a name that are tried first: to look for them takes as long as the rest of a question. */
const withLikely = (one: DerivedKeys, name: string): DerivedKeys =>
  one.views.has(principalArn.toLowerCase())
    ? {
        ...one,
        examples: one.examples.map((example) => [
          ...example.slice(0, -2),
          "/aws-reserved/sso.amazonaws.com/",
          `AWSReservedSSO_${name}_0123456789abcdef`,
        ]),
      }
    : one;

const accountWords = (account: string | undefined): string =>
  account === undefined ? "the stack's account" : `account ${account}`;
