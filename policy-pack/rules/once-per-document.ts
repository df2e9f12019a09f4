import type { Document } from "../decide/document";
import type { Finding } from "../findings/finding";
import type { Organisation } from "../organisation/organisation";

/**
 * Many resources have the same document, which is one object then: where nothing is found in it, it is
 * judged once. A finding names its resource, so that one is made for each.
 *
 * @returns judges a document; `where` tells all else that decides
 */
export function oncePerDocument(): (
  document: Document,
  organisation: Organisation,
  where: readonly unknown[],
  judge: () => readonly Finding[],
) => readonly Finding[] {
  const sound = new WeakMap<Organisation, WeakMap<Document, Set<string>>>();
  return (document, organisation, where, judge) => {
    const ofAll =
      sound.get(organisation) ?? new WeakMap<Document, Set<string>>();
    const place = JSON.stringify(where);
    const places = ofAll.get(document) ?? new Set<string>();
    if (places.has(place)) return [];
    const found = judge();
    if (found.length > 0) return found;
    sound.set(organisation, ofAll.set(document, places.add(place)));
    return found;
  };
}
