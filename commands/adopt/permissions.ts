import { ofUser, tagsByKey } from "../../policy-pack/decide/assume-role";
import { roleSessionCase, userCase } from "../../policy-pack/decide/callers";
import type { Document } from "../../policy-pack/decide/document";
import type { Permissions } from "../../policy-pack/decide/powers";
import { readDocument, type DocumentKind } from "../../policy-pack/decide/read";
import type {
  LiveIdentity,
  LiveAccount,
  LiveRole,
  LiveUser,
} from "../accounts/live-account";
import { isOwnPolicy } from "./own-groups";

/** A policy that could not be read: whatever depends on it is not proven. */
export class UnreadablePolicy extends Error {
  constructor(holder: string, policy: string, faults: readonly string[]) {
    super(
      `the policy ${policy} of ${holder} can't be read: ${faults.join("; ")}`,
    );
    this.name = "UnreadablePolicy";
  }
}

/** Which of a holder's policies count. */
type Choice = (holder: LiveIdentity, policy: string) => boolean;

const all: Choice = () => true;

function documents(
  account: LiveAccount,
  holder: LiveIdentity,
  choice: Choice,
): readonly Document[] {
  const inline = holder.inlinePolicies
    .filter(({ name }) => choice(holder, name))
    .map(({ name, text }) => read(holder.arn, name, text, "identity"));
  const attached = holder.attachedPolicies
    .filter(({ name }) => choice(holder, name))
    .map(({ arn }) => managed(account, holder.arn, arn));
  return [...inline, ...attached];
}

const managed = (
  { managedPolicies }: LiveAccount,
  holder: string,
  arn: string,
): Document =>
  read(holder, arn, managedPolicies.get(arn)?.text ?? "", "identity");

/** Texts are read once: a plan asks about the same ones again and again. */
const readings = new Map<string, Document>();

function read(
  holder: string,
  policy: string,
  text: string,
  kind: DocumentKind,
): Document {
  const known = readings.get(`${kind} ${text}`);
  if (known !== undefined) return known;
  const reading = readDocument(text, kind);
  if (reading.kind === "malformed") {
    throw new UnreadablePolicy(holder, policy, reading.faults);
  }
  readings.set(`${kind} ${text}`, reading.document);
  return reading.document;
}

const boundaryOf = (
  account: LiveAccount,
  holder: LiveIdentity & { readonly boundary: string | undefined },
): readonly Document[] | undefined =>
  holder.boundary === undefined
    ? undefined
    : [managed(account, holder.arn, holder.boundary)];

const groupsOf = (
  { groups }: LiveAccount,
  user: LiveUser,
): LiveAccount["groups"] =>
  groups.filter(({ name }) => user.groups.includes(name));

function permissionsOf(
  account: LiveAccount,
  user: LiveUser,
  holders: readonly LiveIdentity[],
  choice: Choice,
): Permissions {
  const { accountId, partition } = account;
  return ofUser(
    {
      caller: userCase({ account: accountId, partition, arn: user.arn }),
      documents: holders.flatMap((one) => documents(account, one, choice)),
      boundary: boundaryOf(account, user),
      account: accountId,
    },
    { id: user.id, tags: tagsByKey(user.tags) },
  );
}

/** All that the user has now. */
export const permissionsNow = (
  account: LiveAccount,
  user: LiveUser,
): Permissions =>
  permissionsOf(account, user, [user, ...groupsOf(account, user)], all);

/** What is left when nothing but the pattern's own policies stands. */
export const permissionsOfPattern = (
  account: LiveAccount,
  user: LiveUser,
): Permissions =>
  permissionsOf(account, user, groupsOf(account, user), ({ name }, policy) =>
    isOwnPolicy(name, policy),
  );

/** What the user has beside the pattern: that is to go. */
export const permissionsBesidePattern = (
  account: LiveAccount,
  user: LiveUser,
): Permissions =>
  permissionsOf(
    account,
    user,
    [user, ...groupsOf(account, user)],
    ({ name }, policy) => !isOwnPolicy(name, policy),
  );

/** What one holder alone gives to its users, told as if one of them had it. */
export const permissionsThrough = (
  account: LiveAccount,
  holder: LiveIdentity,
): Permissions => ({
  caller: userCase({
    account: account.accountId,
    partition: account.partition,
    arn: `arn:${account.partition}:iam::${account.accountId}:user/some-user-that-nobody-foresaw`,
  }),
  documents: documents(
    account,
    holder,
    ({ name }, policy) => !isOwnPolicy(name, policy),
  ),
  boundary: undefined,
  account: account.accountId,
});

export function permissionsOfRole(
  account: LiveAccount,
  role: LiveRole,
): Permissions {
  const { accountId, partition } = account;
  return {
    caller: roleSessionCase({ account: accountId, partition, arn: role.arn }),
    documents: documents(account, role, all),
    boundary: boundaryOf(account, role),
    account: accountId,
  };
}

export const trustOf = (role: LiveRole): Document =>
  read(role.arn, "trust", role.trust, "trust");
