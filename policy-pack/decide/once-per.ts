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
