interface Statement {
  readonly Effect: string;
}

/** As far as the order goes by it; one statement may stand without a list. */
interface WrittenDocument {
  readonly Statement: Statement | readonly Statement[];
}

type NamedText = readonly [name: string, text: string];

/**
 * The policies of one identity, by name and as text, in the order in which they are to come: what denies
 * and gives nothing, what does both, what gives. They go in the opposite order. So nobody has for a
 * moment what one policy gives and another denies.
 */
export const denialsFirst = (
  policies: readonly NamedText[],
): readonly (readonly NamedText[])[] =>
  [0, 1, 2].map((rank) => policies.filter(([, text]) => rankOf(text) === rank));

function rankOf(text: string): number {
  const { Statement } = JSON.parse(text) as WrittenDocument;
  const effects = [Statement].flat().map(({ Effect }) => Effect);
  if (!effects.includes("Allow")) return 0;
  return effects.includes("Deny") ? 1 : 2;
}
