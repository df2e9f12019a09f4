import { awsPrincipals } from "../documents";
import type { Cloud, Role, StoredDocument } from "../model";
import { AwsError } from "../operation";

const userOrRole =
  /^arn:aws[a-z-]*:iam::(\d{12}):(user|role)\/(?:.*\/)?([^/]+)$/;
const accountRoot = /^(\d{12}|arn:aws[a-z-]*:iam::\d{12}:root)$/;
const roleSession =
  /^arn:aws[a-z-]*:sts::\d{12}:(assumed-role|federated-user)\/.+$/;
const uniqueId = /^A(ID|RO)A[A-Z2-7]{17}$/;

/**
 * Refuses a trust policy that names somebody who is not there, as AWS does when the document is
 * saved: a group, a user or role that does not exist, or something that is no principal.
 *
 * @throws AwsError MalformedPolicyDocument.
 */
export function checkPrincipals(cloud: Cloud, document: StoredDocument): void {
  for (const principal of awsPrincipals(document.parsed)) {
    if (!isPrincipal(cloud, principal)) {
      throw new AwsError(
        "MalformedPolicyDocument",
        `Invalid principal in policy: "AWS":"${principal}"`,
      );
    }
  }
}

function isPrincipal(cloud: Cloud, principal: string): boolean {
  if (principal === "*" || accountRoot.test(principal)) return true;
  if (roleSession.test(principal) || uniqueId.test(principal)) return true;
  const [, accountId, kind, name] = userOrRole.exec(principal) ?? [];
  if (!accountId || !name) return false;
  const account = cloud.accounts.get(accountId);
  return kind === "user"
    ? account?.users.has(name) === true
    : account?.roles.has(name) === true;
}

/**
 * AWS keeps a named user or role by its unique id. When it is deleted, the id shows in the trust
 * policy, and a new one of the same name is not let in.
 */
export function forgetPrincipal(
  cloud: Cloud,
  arn: string,
  replacement: string,
): void {
  for (const account of cloud.accounts.values()) {
    for (const role of account.roles.values())
      replacePrincipal(role, arn, replacement);
  }
}

function replacePrincipal(role: Role, arn: string, replacement: string): void {
  if (!awsPrincipals(role.trustPolicy.parsed).includes(arn)) return;
  const text = role.trustPolicy.text.replaceAll(
    JSON.stringify(arn),
    JSON.stringify(replacement),
  );
  role.trustPolicy = { text, parsed: JSON.parse(text) as unknown };
}
