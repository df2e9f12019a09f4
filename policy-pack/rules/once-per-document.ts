import type { Document } from "../decide/document";
import { oncePer } from "../decide/once-per";
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
  const sound = oncePer<Organisation, (document: Document) => Set<string>>(() =>
    oncePer(() => new Set()),
  );
  return (document, organisation, where, judge) => {
    const places = sound(organisation)(document);
    const place = JSON.stringify(where);
    if (places.has(place)) return [];
    const found = judge();
    if (found.length === 0) places.add(place);
    return found;
  };
}
