import { accountOf } from "../arn";
import { awsPrincipals, statementsOf } from "../documents";
import type { Account, Cloud, StoredDocument } from "../model";
import { arnOf, mapOf } from "./entities";
import { malformedPolicy } from "../errors";
import { policyHoldersOf } from "../resource-policies";

const accountRoot = /^(\d{12}|arn:aws[a-z-]*:iam::\d{12}:root)$/;
const roleSession =
  /^arn:(aws[a-z-]*):sts::(\d{12}):assumed-role\/([^/]+)\/[^/]+$/;

/** Somebody that a user may open a session for, of any name: nobody is made for it. */
const federatedUser =
  /^arn:(aws[a-z-]*):sts::(\d{12}):federated-user\/[\w+=,.@-]{2,32}$/;

/**
 * Refuses a policy of a role, a key or a topic that names somebody who is not there, as AWS does when the document is
 * saved: a group, a user or role that does not exist, an id whose user is gone, or something that
 * is no principal. An account needs only its twelve digits.
 *
 * @throws AwsError MalformedPolicyDocument.
 */
export function checkPrincipals(cloud: Cloud, document: StoredDocument): void {
  for (const { Principal } of statementsOf(document.parsed)) {
    // A canonical id is S3's name of an account, and takes no role.
    if (Object.hasOwn(Object(Principal) as object, "CanonicalUser"))
      throw malformedPolicy('Invalid principal in policy: "CanonicalUser"');
  }
  for (const principal of awsPrincipals(document.parsed)) {
    if (!isPrincipal(cloud, principal)) {
      throw malformedPolicy(
        `Invalid principal in policy: "AWS":"${principal}"`,
      );
    }
  }
}

function isPrincipal(cloud: Cloud, principal: string): boolean {
  if (principal === "*") return true;
  if (accountRoot.test(principal))
    return (
      !principal.startsWith("arn:") ||
      principal.startsWith(`arn:${cloud.partition}:`)
    );
  const [, vouching, vouchingAccount = ""] =
    federatedUser.exec(principal) ?? [];
  if (vouching !== undefined) {
    return vouching === cloud.partition && cloud.accounts.has(vouchingAccount);
  }
  const [, partition, accountId = "", roleName = ""] =
    roleSession.exec(principal) ?? [];
  if (partition !== undefined) {
    return (
      partition === cloud.partition &&
      cloud.accounts.get(accountId)?.roles.has(roleName) === true
    );
  }
  if (/^A(ID|RO)A[A-Z2-7]+$/.test(principal)) {
    return [...cloud.accounts.values()].some((account) =>
      identitiesOf(cloud, account).some(({ id }) => id === principal),
    );
  }
  const account = cloud.accounts.get(accountOf(principal));
  return (
    account !== undefined &&
    identitiesOf(cloud, account).some(({ arn }) => arn === principal)
  );
}

const identitiesOf = (cloud: Cloud, account: Account) =>
  (["User", "Role"] as const).flatMap((kind) =>
    [...mapOf({ account }, kind).values()].map((identity) => ({
      id: identity.id,
      arn: arnOf({ cloud, account }, kind, identity),
    })),
  );

/**
 * AWS keeps a named user or role by its unique id. When it is deleted, the id shows in the policies
 * of roles, keys and topics that name it, and a new one of the same name is not let in; when it is renamed, its new
 * name shows. Conditions are left alone: what they name is text to AWS.
 */
export function replacePrincipal(
  cloud: Cloud,
  arn: string,
  replacement: string,
): void {
  if (arn === replacement) return;
  for (const account of cloud.accounts.values()) {
    for (const role of account.roles.values()) {
      role.trustPolicy = rewritten(role.trustPolicy, arn, replacement);
    }
    for (const holder of policyHoldersOf(account)) {
      holder.policy = rewritten(holder.policy, arn, replacement);
    }
  }
}

function rewritten(
  document: StoredDocument,
  arn: string,
  replacement: string,
): StoredDocument {
  if (!awsPrincipals(document.parsed).includes(arn)) return document;
  const parsed = JSON.parse(document.text, (key, value: unknown) =>
    key === "AWS" ? renamed(value, arn, replacement) : value,
  ) as unknown;
  return { text: JSON.stringify(parsed), parsed };
}

function renamed(value: unknown, arn: string, replacement: string): unknown {
  if (Array.isArray(value)) {
    return value.map((one) => renamed(one, arn, replacement));
  }
  return value === arn ? replacement : value;
}
