import { closest } from "fastest-levenshtein";
import awsManaged from "../data/aws-managed-policies.json";
import {
  awsManagedPolicyArn,
  type AccountId,
  type Partition,
} from "../partition";
import type { RolePermissions, WorkloadAccountFacts } from "./model";
import { plainName } from "./plain-name";
import type { ConfigReader } from "./reader";
import * as schema from "./schema";

/** What the names of managed policies are held to. */
interface PolicyFacts {
  readonly partition: Partition;
  readonly accounts: readonly WorkloadAccountFacts[];
  /** Names of AWS's policies that are newer than the list. */
  readonly unlisted: readonly string[];
}

interface PolicyArn {
  readonly partition: string;
  /** An account id, or `aws`. */
  readonly owner: string;
  /** With its path. */
  readonly name: string;
}

const arnPattern =
  /^arn:(?<partition>aws[a-z-]*):iam::(?<owner>\d{12}|aws):policy\/(?<name>[\w+=,.@/-]+)$/;

/** AWS's own: policies that only a service-linked role can have. Source: IAM, "AttachRolePolicy". */
const ofServiceRoles = "aws-service-role/";

const listed: ReadonlySet<string> = new Set(awsManaged.names);

/** Reports the managed policies that roles can't have, of which AWS would tell in mid-deployment. */
export function checkManagedPolicies(
  reader: ConfigReader,
  roles: ReadonlyMap<string, RolePermissions>,
  partition: Partition,
  accounts: readonly WorkloadAccountFacts[],
): void {
  const unlisted =
    reader.structure("unlistedPolicies", schema.unlistedPolicies) ?? [];
  for (const role of roles.values()) {
    checkPolicies(reader, role, { partition, accounts, unlisted });
  }
}

function checkPolicies(
  reader: ConfigReader,
  role: RolePermissions,
  facts: PolicyFacts,
): void {
  const at = `roles.${role.name}`;
  const seen = new Map<string, string>();
  role.managedPolicies.forEach((policy, index) => {
    const path = `${at}.managedPolicies[${index}]`;
    const arn = policy.startsWith("arn:")
      ? policy
      : awsManagedPolicyArn(facts.partition, policy);
    const same = seen.get(arn);
    seen.set(arn, policy);
    if (same !== undefined) {
      const found = `${JSON.stringify(policy)}, which is ${JSON.stringify(same)}`;
      reader.report(path, found, "each policy once, by its name or its ARN");
      return;
    }
    if (policy.startsWith("arn:")) checkArn(reader, path, policy, role, facts);
    else checkName(reader, path, policy, facts);
  });
  const { permissionsBoundary: boundary } = role;
  if (boundary?.startsWith("arn:")) {
    checkArn(reader, `${at}.permissionsBoundary`, boundary, role, facts);
  }
}

function checkArn(
  reader: ConfigReader,
  path: string,
  arn: string,
  { name: role }: RolePermissions,
  facts: PolicyFacts,
): void {
  const read = arnPattern.exec(arn)?.groups as PolicyArn | undefined;
  if (read?.partition !== facts.partition) {
    const expected = `the ARN of a managed policy in the partition ${facts.partition}, as arn:${facts.partition}:iam::222222222222:policy/name`;
    reader.report(path, JSON.stringify(arn), expected);
  } else if (read.owner === "aws") {
    checkName(reader, path, read.name, facts);
  } else {
    checkOwner(reader, path, read.owner, role, facts);
  }
}

/** A role can have policies of its own account and of AWS, and no others. */
function checkOwner(
  reader: ConfigReader,
  path: string,
  owner: AccountId,
  role: string,
  { accounts }: PolicyFacts,
): void {
  const others = accounts.filter(
    ({ id, roles, machineRoles }) =>
      id !== owner && [...roles, ...machineRoles].includes(role),
  );
  if (others.length === 0) return;
  const names = others.map(({ name }) => name).join(", ");
  reader.report(
    path,
    `a policy of the account ${owner}, for a role that is also in: ${names}`,
    `AWS's policies alone, or a role of that account alone (see accounts.<name>.roles)`,
  );
}

function checkName(
  reader: ConfigReader,
  path: string,
  name: string,
  { partition, unlisted }: PolicyFacts,
): void {
  if (unlisted.includes(name)) return;
  if (!listed.has(name)) {
    const where = partition === "aws" ? "" : " in the partition aws";
    reader.report(
      path,
      `${JSON.stringify(name)}, which is not among AWS's managed policies of ${awsManaged.newestChange}${where}`,
      `one of AWS's managed policies, the nearest is ${nearest(name)}; or its name in unlistedPolicies, if AWS has it`,
    );
  } else if (name.startsWith(ofServiceRoles)) {
    reader.report(
      path,
      `${JSON.stringify(name)}, which AWS keeps for a service's own role`,
      "a policy that can be attached",
    );
  }
}

/** By the name alone: a path is what is forgotten, or thought to be there. */
function nearest(wanted: string): string {
  const byPlainName = new Map(
    awsManaged.names
      .filter((name) => !name.startsWith(ofServiceRoles))
      .map((name) => [compared(name), name]),
  );
  const name = closest(compared(wanted), [...byPlainName.keys()]);
  return byPlainName.get(name) ?? name;
}

const compared = (name: string): string => plainName(name).toLowerCase();
