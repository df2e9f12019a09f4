import type { Document } from "../decide/document";
import { documentsOf, type HeldPolicy, type Identity } from "./identity";
import { policiesOf } from "./permissions";

/**
 * Of users who hold the same in the same groups, the first: what is decided of one holds for all.
 * Where their documents tell users apart, all of them.
 */
export function unlikeUsers(
  users: readonly Identity[],
  tellUsersApart: (documents: readonly Document[]) => boolean,
): readonly Identity[] {
  const contents = new Map<unknown, number>();
  const numberOf = ({ content }: HeldPolicy): string => {
    const what = content.kind === "document" ? content.document : content;
    const number = contents.get(what) ?? contents.size;
    contents.set(what, number);
    return String(number);
  };
  const areAlike = new Map<string, boolean>();
  return users.filter((user) => {
    const { account, policies, boundary, groups, uncertainGroups = [] } = user;
    const key = JSON.stringify([
      account,
      policies.map(numberOf),
      boundary === undefined ? [] : numberOf(boundary),
      groups.map(groupName),
      uncertainGroups.map(groupName),
    ]);
    const known = areAlike.get(key);
    if (known !== undefined) return !known;
    const held = [...policiesOf(user), ...(boundary ? [boundary] : [])];
    areAlike.set(key, !tellUsersApart(documentsOf(held)));
    return true;
  });
}

const groupName = ({ resource, name }: Identity): string =>
  resource?.urn ?? `${name ?? "?"}, of another stack`;
