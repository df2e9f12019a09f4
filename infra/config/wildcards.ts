/**
 * Whether a pattern, in which * stands for any text and ? for any character, means the text, without
 * regard to case. In the time of one times the other at most: a regular expression would try each star
 * with each place.
 */
export function matchesWildcards(pattern: string, text: string): boolean {
  const wanted = pattern.toLowerCase();
  const given = text.toLowerCase();
  let at = 0;
  let star: { readonly after: number; taken: number } | undefined;
  for (let read = 0; read < given.length;) {
    const one = wanted[at];
    if (one === "*") {
      star = { after: ++at, taken: read };
    } else if (one === "?" || (one !== undefined && one === given[read])) {
      at += 1;
      read += 1;
    } else if (star !== undefined) {
      at = star.after;
      read = ++star.taken;
    } else return false;
  }
  return /^\**$/.test(wanted.slice(at));
}
