import { variablesOf, type Literal } from "./literal";
import { relax } from "./weaken";
import { solveKey } from "./solve-key";
import type { Lookup } from "./text/template";

/** What is asked of each key on the way through the documents; never asks what can't be. */
export class Facts {
  private constructor(
    readonly byKey: ReadonlyMap<string, readonly Literal[]>,
    readonly lookup: Lookup,
  ) {}

  static of(literals: readonly Literal[], lookup: Lookup): Facts {
    return new Facts(groupByKey(literals), lookup);
  }

  /** @returns undefined when no value of some key can do all that is then asked of it. */
  withAll(literals: readonly Literal[]): Facts | undefined {
    const byKey = new Map(this.byKey);
    const touched = new Set<string>();
    for (const one of literals) {
      const { key } = one.condition;
      byKey.set(key, [...(byKey.get(key) ?? []), one]);
      touched.add(key);
    }
    for (const key of touched) {
      const asked = (byKey.get(key) ?? []).flatMap((one) => this.sure(one));
      if (solveKey(asked, this.lookup).kind === "none") return undefined;
    }
    return new Facts(byKey, this.lookup);
  }

  /** Whether each of the literals, taken by itself, can still come true. */
  couldEach(literals: readonly Literal[]): boolean {
    return literals.every((one) => this.withAll([one]) !== undefined);
  }

  /** What of the literal holds whatever the values of other keys will be. */
  private sure(one: Literal): readonly Literal[] {
    if (this.isReady(one)) return [one];
    const relaxed = relax(one);
    return relaxed === undefined ? [] : [relaxed];
  }

  /** Whether the literal says all it says now, and not only when other keys have their values. */
  isReady(one: Literal): boolean {
    return variablesOf(one).every((key) => this.lookup(key).kind !== "open");
  }
}

export function groupByKey(
  literals: readonly Literal[],
): ReadonlyMap<string, readonly Literal[]> {
  const byKey = new Map<string, Literal[]>();
  for (const one of literals) {
    const { key } = one.condition;
    const group = byKey.get(key);
    if (group) group.push(one);
    else byKey.set(key, [one]);
  }
  return byKey;
}
