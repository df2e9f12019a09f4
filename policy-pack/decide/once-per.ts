/** Many rules ask the same of one object, and it does not change: it is asked once. */
export function oncePer<K extends object, T extends object | string>(
  ask: (one: K) => T,
): (one: K) => T {
  const known = new WeakMap<K, T>();
  return (one) => {
    const found = known.get(one);
    if (found !== undefined) return found;
    const answer = ask(one);
    known.set(one, answer);
    return answer;
  };
}

/** The same, of a text: for questions of which a stack asks few. */
export function oncePerText<T>(ask: (text: string) => T): (text: string) => T {
  const known = new Map<string, { readonly answer: T }>();
  return (text) => {
    const found = known.get(text) ?? { answer: ask(text) };
    known.set(text, found);
    return found.answer;
  };
}
