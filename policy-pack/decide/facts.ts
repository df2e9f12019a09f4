import type { Condition } from "./document";
import { Effort } from "./effort";
import { isOurs, variablesOf, type Literal } from "./literal";
import { oncePer } from "./once-per";
import { oddity, solveKey } from "./solve-key";
import { solveDerived } from "./solve-derived";
import type { Lookup } from "./text/template";
import type { DerivedKeys } from "./derived-keys";
import { weaken } from "./weaken";

export const nameOfDerived = (_: DerivedKeys, index: number): string =>
  `:derived ${index}`;

/** What a search knows before it begins, and what it has found out about its keys. */
export class Keys {
  private readonly numbers = new Map<string, number>();
  private readonly numbered = new WeakMap<Literal, number>();
  private readonly known = new Map<string, KeyFacts>();
  private readonly derivedOf: ReadonlyMap<string, DerivedKeys>;
  private readonly nameOf: ReadonlyMap<string, string>;

  constructor(
    readonly lookup: Lookup,
    readonly derived: readonly DerivedKeys[],
    readonly effort: Effort,
  ) {
    const keysOf = (one: DerivedKeys) => [...one.views.keys()];
    this.derivedOf = new Map(
      derived.flatMap((one) => keysOf(one).map((key) => [key, one])),
    );
    this.nameOf = new Map(
      derived.flatMap((one, index) =>
        keysOf(one).map((key) => [key, nameOfDerived(one, index)]),
      ),
    );
  }

  derivedFor(key: string): DerivedKeys | undefined {
    return this.derivedOf.get(key);
  }

  /** Keys that are solved together have one name. */
  groupOf(key: string): string {
    return this.nameOf.get(key) ?? key;
  }

  /** Literals that say the same have the same number, and their opposites have it with a minus. */
  numberOf(one: Literal): number {
    const known = this.numbered.get(one);
    if (known !== undefined) return known;
    const text = written(one.condition);
    const number = this.numbers.get(text) ?? this.numbers.size + 1;
    this.numbers.set(text, number);
    const signed = one.met ? number : -number;
    this.numbered.set(one, signed);
    return signed;
  }

  /** Whether the literal says all it says now, and not only when other keys have their values. */
  isReady(one: Literal): boolean {
    return variablesOf(one).every((key) => this.lookup(key).kind !== "open");
  }

  /** @returns the facts with the literal; they are impossible when nothing can do all of that */
  extend(facts: KeyFacts, one: Literal): KeyFacts {
    const number = this.numberOf(one);
    if (facts.numbers.includes(number)) return facts;
    const numbers = [...facts.numbers, number].sort((a, b) => a - b);
    const name = `${facts.group}|${numbers.join(",")}`;
    const known = this.known.get(name);
    if (known !== undefined) return known;
    this.effort.spend(name.length);
    const literals = [...facts.literals, one];
    const extended = {
      group: facts.group,
      numbers,
      literals,
      isPossible:
        facts.isPossible &&
        !(facts.numbers.includes(-number) && oddity(one) === undefined) &&
        this.isPossible(literals),
    };
    this.known.set(name, extended);
    return extended;
  }

  private isPossible(literals: readonly Literal[]): boolean {
    const asked = literals.flatMap((one) => this.sure(one));
    const [first] = asked;
    if (first === undefined) return true;
    const { lookup, effort } = this;
    const derived = this.derivedFor(first.condition.key);
    if (derived !== undefined) {
      return solveDerived(derived, asked, lookup, effort).kind !== "none";
    }
    return asked.length === 1 && isOurs(first)
      ? isPossibleAlone(first)
      : solveKey(asked, { lookup, effort }).kind !== "none";
  }

  /** What of the literal holds whatever the values of other keys will be. */
  private sure(one: Literal): readonly Literal[] {
    if (this.isReady(one)) return [one];
    const weakened = weaken(one);
    return weakened === undefined ? [] : [weakened];
  }
}

/** Of those met, and of those not met. */
const possible = [
  new WeakMap<Condition, boolean>(),
  new WeakMap<Condition, boolean>(),
] as const;

/** What we ask of a key by itself is asked of every document: it is solved once, and costs nothing. */
function isPossibleAlone(one: Literal): boolean {
  const known = possible[one.met ? 0 : 1];
  const answer =
    known.get(one.condition) ??
    solveKey([one], { lookup: nothing, effort: new Effort() }).kind !== "none";
  known.set(one.condition, answer);
  return answer;
}

const nothing: Lookup = () => ({ kind: "open" });

/** The same text for conditions that say the same. */
export const written = oncePer(
  ({ key, operator, operatorName, values }: Condition): string =>
    JSON.stringify([key, operator ?? operatorName, values]),
);

/** What is asked of one key, or of keys that are tied. */
export interface KeyFacts {
  readonly group: string;
  /** Of the literals, ascending. */
  readonly numbers: readonly number[];
  readonly literals: readonly Literal[];
  readonly isPossible: boolean;
}

/** What is asked of each key on the way through the documents; never asks what can't be. */
export class Facts {
  private constructor(
    readonly keys: Keys,
    private readonly byGroup: ReadonlyMap<string, KeyFacts>,
  ) {}

  /** @returns undefined when what is asked can't be */
  static of(literals: readonly Literal[], keys: Keys): Facts | undefined {
    return new Facts(keys, new Map()).withAll(literals);
  }

  get literals(): readonly Literal[] {
    return [...this.byGroup.values()].flatMap(({ literals }) => literals);
  }

  /** @returns undefined when no value of some key can do all that is then asked of it. */
  withAll(literals: readonly Literal[]): Facts | undefined {
    const byGroup = new Map(this.byGroup);
    for (const one of literals) {
      const extended = this.extended(one, byGroup);
      if (!extended.isPossible) return undefined;
      byGroup.set(extended.group, extended);
    }
    return new Facts(this.keys, byGroup);
  }

  /** Whether the literal, taken by itself, can still come true. */
  could(one: Literal): boolean {
    return this.extended(one, this.byGroup).isPossible;
  }

  private extended(
    one: Literal,
    byGroup: ReadonlyMap<string, KeyFacts>,
  ): KeyFacts {
    const group = this.keys.groupOf(one.condition.key);
    const facts = byGroup.get(group) ?? {
      group,
      numbers: [],
      literals: [],
      isPossible: true,
    };
    return this.keys.extend(facts, one);
  }
}

export function groupByKey(
  literals: readonly Literal[],
  nameOf: (key: string) => string = (key) => key,
): ReadonlyMap<string, readonly Literal[]> {
  const byKey = new Map<string, Literal[]>();
  for (const one of literals) {
    const key = nameOf(one.condition.key);
    const group = byKey.get(key);
    if (group) group.push(one);
    else byKey.set(key, [one]);
  }
  return byKey;
}
