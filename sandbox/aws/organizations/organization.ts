import { newLowerCaseId } from "../ids";
import type {
  Cloud,
  ControlPolicy,
  Organization,
  StoredDocument,
} from "../model";
import type { NamedPolicy } from "../policies-in-force";

const fullAccess: ControlPolicy = {
  id: "p-FullAWSAccess",
  name: "FullAWSAccess",
  description: "Allows access to every operation",
  document: documentOf({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
  }),
  isAws: true,
};

function documentOf(parsed: object): StoredDocument {
  return { text: JSON.stringify(parsed), parsed };
}

export const newOrganization = (): Organization => ({
  id: `o-${newLowerCaseId(10)}`,
  rootId: `r-${newLowerCaseId(4)}`,
  policies: new Map([[fullAccess.id, fullAccess]]),
  units: new Map(),
  parents: new Map(),
  attachments: new Map(),
});

/** The root, a unit or an account, by what AWS calls it. */
export type TargetType = "ROOT" | "ORGANIZATIONAL_UNIT" | "ACCOUNT";

export function typeOfTarget(
  { accounts, organization }: Cloud,
  id: string,
): TargetType | undefined {
  if (id === organization.rootId) return "ROOT";
  if (organization.units.has(id)) return "ORGANIZATIONAL_UNIT";
  return accounts.has(id) ? "ACCOUNT" : undefined;
}

/** What a target is in; the root is in nothing. */
export function parentOf(
  { organization }: Cloud,
  id: string,
): string | undefined {
  if (id === organization.rootId) return undefined;
  return (
    organization.units.get(id)?.parentId ??
    organization.parents.get(id) ??
    organization.rootId
  );
}

/** From the root down to the target itself. */
export function lineOf(cloud: Cloud, id: string): readonly string[] {
  const parent = parentOf(cloud, id);
  return parent === undefined ? [id] : [...lineOf(cloud, parent), id];
}

/** The ids of the policies that hang on a target itself. */
export const attachedTo = (
  { attachments }: Organization,
  id: string,
): ReadonlySet<string> => attachments.get(id) ?? new Set([fullAccess.id]);

/** `o-…/r-…/ou-…/`, as condition keys have it. */
export const pathOfAccount = (cloud: Cloud, accountId: string): string =>
  [cloud.organization.id, ...lineOf(cloud, accountId).slice(0, -1), ""].join(
    "/",
  );

export const policyArn = (
  { managementAccountId, organization, partition }: Cloud,
  { id, isAws }: Pick<ControlPolicy, "id" | "isAws">,
): string =>
  isAws
    ? `arn:${partition}:organizations::aws:policy/service_control_policy/${id}`
    : `arn:${partition}:organizations::${managementAccountId}:policy/${organization.id}/service_control_policy/${id}`;

/** The policies of one step from the root to an account. */
interface Level {
  readonly orgIdentifier: string;
  readonly policies: NamedPolicy[];
}

/** The service control policies that bind an account, from the root down; the management account has none. */
export function controlPoliciesOn(cloud: Cloud, accountId: string): Level[] {
  if (accountId === cloud.managementAccountId) return [];
  const { organization } = cloud;
  return lineOf(cloud, accountId).map((target) => ({
    orgIdentifier: target,
    policies: [...attachedTo(organization, target)].flatMap((id) => {
      const policy = organization.policies.get(id);
      if (!policy) return [];
      return [
        { name: policyArn(cloud, policy), policy: policy.document.parsed },
      ];
    }),
  }));
}
