import { ofUser, tagsByKey } from "../../policy-pack/decide/assume-role";
import { userCase } from "../../policy-pack/decide/callers";
import type { Document } from "../../policy-pack/decide/document";
import type { Literal } from "../../policy-pack/decide/literal";
import type { Permissions } from "../../policy-pack/decide/powers";
import { search, type Verdict } from "../../policy-pack/decide/search";
import { documentNumber } from "./documents";
import type { LiveAccount, LiveUser } from "./live-account";

/** A user, with these documents and this boundary. */
export const userPermissions = (
  { accountId, partition }: LiveAccount,
  user: LiveUser,
  documents: readonly Document[],
  boundary: readonly Document[] | undefined,
): Permissions =>
  ofUser(
    {
      caller: userCase({ account: accountId, partition, arn: user.arn }),
      documents,
      boundary,
      account: accountId,
    },
    { id: user.id, tags: tagsByKey(user.tags) },
  );

/** The same for permissions by the same documents, whoever has them. */
export const documentsKey = ({
  documents,
  boundary,
}: Pick<Permissions, "documents" | "boundary">): string =>
  JSON.stringify([
    documents.map(documentNumber),
    boundary?.map(documentNumber) ?? "none",
  ]);

/** Whether some request gets through that is as asked. */
export const mayCall = (
  { caller, documents, boundary }: Permissions,
  asked: readonly Literal[],
): Verdict =>
  search({
    layers: [documents, ...(boundary === undefined ? [] : [boundary])],
    caller: caller.caller,
    given: [...asked, ...caller.given],
    derived: caller.derived,
    preferred: caller.preferred,
  });
