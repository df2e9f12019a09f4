import { ofUser, tagsByKey } from "../../policy-pack/decide/assume-role";
import { userCase, type CallerCase } from "../../policy-pack/decide/callers";
import type { Document } from "../../policy-pack/decide/document";
import type { Permissions } from "../../policy-pack/decide/powers";
import type { LiveAccount, LiveUser } from "../accounts/live-account";
import { readBoundary, readPermissions } from "./documents";

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
  const documents = readPermissions(account, user);
  const boundary = readBoundary(account, user.boundary);
  const faults = [documents, boundary].flatMap((one) =>
    one?.kind === "unreadable" ? [one.why] : [],
  );
  const caller = userCase({ account: accountId, partition, arn: user.arn });
  if (documents.kind === "unreadable" || boundary?.kind === "unreadable") {
    return { user, caller, kind: "unreadable", why: faults.join("; ") };
  }
  const permissionsOf = (of: CallerCase): Permissions => ({
    caller: of,
    documents: documents.documents,
    boundary: boundary?.documents,
    account: accountId,
  });
  const anybody = userCase({ account: accountId, partition, arn: undefined });
  return {
    user,
    caller,
    kind: "read",
    permissions: ofUser(permissionsOf(caller), {
      id: user.id,
      tags: tagsByKey(user.tags),
    }),
    alike: {
      key: JSON.stringify([
        documents.documents.map(numberOf),
        boundary?.documents.map(numberOf),
      ]),
      permissions: permissionsOf(anybody),
    },
  };
}

const numbers = new WeakMap<Document, number>();
let lastNumber = 0;

/** Documents are read once: the same text is the same document. */
function numberOf(document: Document): number {
  const number = numbers.get(document) ?? (lastNumber += 1);
  numbers.set(document, number);
  return number;
}
