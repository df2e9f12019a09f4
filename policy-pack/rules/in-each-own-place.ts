import type { Document } from "../decide/document";
import type { Literal } from "../decide/literal";
import { ownPlaces, standsIn, type OwnPlace } from "../decide/own-places";
import type { Owned } from "../decide/own-network";
import { outsideOf } from "../decide/trust";
import type { Finding } from "../findings/finding";
import { knownAccounts, type Organisation } from "../organisation/organisation";
import type { Place } from "./where-it-stands";

/** The resource's own place, and all that is ours. */
export type Own = OwnPlace & Owned;

/** The first findings that there are, where the document asks for a place that is not known. */
export function inEachOwnPlace(
  document: Document,
  { account }: Pick<Place, "account">,
  organisation: Organisation,
  judgeAt: (own: Own) => readonly Finding[],
): readonly Finding[] {
  const { organisations } = organisation;
  for (const place of ownPlaces(document, { account, organisations })) {
    const found = judgeAt({
      ...place,
      accounts: knownAccounts(organisation, place.account),
      organisations:
        organisations.length === 0 && place.organisation !== undefined
          ? [place.organisation]
          : organisations,
    });
    if (found.length > 0) return found;
  }
  return [];
}

/**
 * What holds of a role, and of whoever takes it from an account that is not ours. Whose organisation it
 * stands in, the config says: it may be a reseller's.
 */
export const takenFromOutside = (
  own: Own,
  { organisations }: Organisation,
): readonly Literal[] => [
  ...(organisations.length === 0 ? [] : outsideOf(organisations)),
  ...standsIn(own),
];
