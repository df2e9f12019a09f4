import { ofUser, tagsByKey } from "../../policy-pack/decide/assume-role";
import { roleSessionCase, userCase } from "../../policy-pack/decide/callers";
import {
  actionKey,
  isPresent,
  type Literal,
} from "../../policy-pack/decide/literal";
import type { Permissions } from "../../policy-pack/decide/powers";
import {
  search,
  type Question,
  type Verdict,
} from "../../policy-pack/decide/search";
import {
  documentNumber,
  readBoundary,
  readPolicies,
  type Choice,
} from "./documents";
import type {
  LiveAccount,
  LiveGroup,
  LiveRole,
  LiveUser,
} from "./live-account";

/**
 * What a user may do, by their own policies and their groups'.
 *
 * @throws UnreadableDocument: whatever depends on it is not known.
 */
export function userPermissions(
  account: LiveAccount,
  user: LiveUser,
  choice?: Choice,
): Permissions {
  const { accountId, partition } = account;
  const groups = account.groups.filter(({ name }) =>
    user.groups.includes(name),
  );
  return ofUser(
    {
      caller: userCase({ account: accountId, partition, arn: user.arn }),
      documents: [user, ...groups].flatMap((holder) =>
        readPolicies(account, holder, choice),
      ),
      boundary: readBoundary(account, user),
      account: accountId,
    },
    { id: user.id, tags: tagsByKey(user.tags) },
  );
}

/**
 * What a group alone gives to its users, whatever their names.
 *
 * @throws UnreadableDocument
 */
export const groupPermissions = (
  account: LiveAccount,
  group: LiveGroup,
  choice?: Choice,
): Permissions => ({
  caller: userCase({
    account: account.accountId,
    partition: account.partition,
    arn: undefined,
  }),
  documents: readPolicies(account, group, choice),
  boundary: undefined,
  account: account.accountId,
});

/** @throws UnreadableDocument */
export const rolePermissions = (
  account: LiveAccount,
  role: LiveRole,
): Permissions => ({
  caller: roleSessionCase({
    account: account.accountId,
    partition: account.partition,
    arn: role.arn,
  }),
  documents: readPolicies(account, role),
  boundary: readBoundary(account, role),
  account: account.accountId,
});

/** The same for permissions by the same documents, whoever has them. */
export const documentsKey = ({
  documents,
  boundary,
}: Pick<Permissions, "documents" | "boundary">): string =>
  JSON.stringify([
    documents.map(documentNumber),
    boundary?.map(documentNumber) ?? "none",
  ]);

/** The requests of the identity that are as asked. */
export const requestsOf = (
  { caller, documents, boundary }: Permissions,
  asked: readonly Literal[],
): Question => ({
  layers: [documents, ...(boundary === undefined ? [] : [boundary])],
  caller: caller.caller,
  given: [isPresent(actionKey), ...asked, ...caller.given],
  derived: caller.derived,
  preferred: caller.preferred,
});

/** Whether some request gets through that is as asked. */
export const mayCall = (
  permissions: Permissions,
  asked: readonly Literal[],
): Verdict => search(requestsOf(permissions, asked));
