import { userCase, type CallerCase } from "../../policy-pack/decide/callers";
import type { Permissions } from "../../policy-pack/decide/powers";
import {
  readBoundary,
  readUserPolicies,
  together,
} from "../accounts/documents";
import type { LiveAccount, LiveUser } from "../accounts/live-account";
import { documentsKey, userPermissions } from "../accounts/permissions";

/** A user of the bastion with all that decides over the user's requests. */
export type UserPrincipal = {
  readonly user: LiveUser;
  readonly caller: CallerCase;
} & (
  | {
      readonly kind: "read";
      readonly permissions: Permissions;
      /** Any user with these permissions: what is closed to that one is closed to all who share them. */
      readonly alike: Alike;
    }
  /** Why a document can't be read. */
  | { readonly kind: "unreadable"; readonly why: string }
);

export interface Alike {
  /** The same for users with the same documents. */
  readonly key: string;
  readonly permissions: Permissions;
}

export function principalOf(
  account: LiveAccount,
  user: LiveUser,
): UserPrincipal {
  const { accountId, partition } = account;
  const policies = readUserPolicies(account, user);
  const limits = readBoundary(account, user.boundary);
  const caller = userCase({ account: accountId, partition, arn: user.arn });
  const all = together([...policies, ...(limits ?? [])]);
  if (all.kind === "unreadable") {
    return { user, caller, kind: "unreadable", why: all.why };
  }
  const documents = all.documents.slice(0, policies.length);
  const boundary =
    limits === undefined ? undefined : all.documents.slice(policies.length);
  return {
    user,
    caller,
    kind: "read",
    permissions: userPermissions(account, user, documents, boundary),
    alike: {
      key: documentsKey({ documents, boundary }),
      permissions: {
        caller: userCase({ account: accountId, partition, arn: undefined }),
        documents,
        boundary,
        account: accountId,
      },
    },
  };
}
