import { assignValues, known, type Preferred } from "./assign-values";
import {
  statementName,
  type Document,
  type Layers,
  type Statement,
} from "./document";
import { Effort, TooManySteps } from "./effort";
import { firstOpen } from "./first-open";
import { Facts, groupByKey, Keys, written } from "./facts";
import { holdsSeveral } from "./keys";
import { not, variablesOf, type Literal } from "./literal";
import { speaksOf, type Caller } from "./principal";
import { atOneTime } from "./one-time";
import { isDoubtful, oddity, onlyValue, type KeyValue } from "./solve-key";
import { literalsOf } from "./statement-literals";
import type { Lookup } from "./text/template";
import { togetherOrNot } from "./together";
import type { DerivedKeys } from "./derived-keys";

/** A set of requests, and the documents that are to decide over them. */
export interface Question {
  /** Each layer must allow: a trust policy; identity policies; a permissions boundary. */
  readonly layers: Layers;
  readonly caller: Caller;
  /** What all requests of the set have in common; all else about them is open. */
  readonly given: readonly Literal[];
  /** Keys that hold parts of the same texts. */
  readonly derived?: readonly DerivedKeys[];
  /** Values to try first, by key, for a witness that reads well. */
  readonly preferred?: Preferred;
  /** What the search may take of; left out: as much as any. */
  readonly effort?: Effort;
}

/** A request that gets in, and through which statements. */
export interface Witness {
  readonly caller: Caller;
  readonly statements: readonly Statement[];
  /** By key, lower case; a key that is missing from the request is undefined here. */
  readonly values: ReadonlyMap<string, KeyValue>;
}

export type Verdict =
  | { readonly answer: "open"; readonly witness: Witness }
  | { readonly answer: "closed" }
  | { readonly answer: "undecided"; readonly why: string };

/**
 * Whether any request of the set is allowed, with the request as the witness.
 *
 * A request is allowed when in each layer an Allow statement matches, and nowhere a Deny does. A
 * statement matches when all its literals come true, and fails to when one does not: so the search
 * takes one Allow of each layer, and of each Deny one literal that is to fail, and looks for
 * values of the keys that make all of it true at once. Values of different keys do not depend on
 * each other but through policy variables, but for those that derive from the same texts, so each is solved by itself.
 */
export function search(question: Question): Verdict {
  const cases = togetherOrNot(question.layers.flat());
  if (cases.length === 1) return new Search(question).verdict();
  return firstOpen(
    cases.map(
      (given) => (effort) =>
        new Search({
          ...question,
          given: [...question.given, ...given],
          effort,
        }).verdict(),
    ),
    question.effort,
  );
}

class Search {
  private readonly keys: Keys;
  private readonly denies: readonly Statement[];
  private readonly effort: Effort;
  private doubt: string | undefined;
  /** The Allow that the search is at. */
  private at: Statement | undefined;

  constructor(private readonly question: Question) {
    const { layers, derived = [], effort = new Effort() } = question;
    this.effort = effort.half();
    this.keys = new Keys(knownKeys(question), derived, this.effort);
    this.denies = this.statements(layers.flat(), "Deny");
  }

  verdict(): Verdict {
    const witness = this.tryAll();
    this.question.effort?.lose(this.effort.steps);
    if (witness !== undefined) return { answer: "open", witness };
    return this.doubt === undefined
      ? { answer: "closed" }
      : { answer: "undecided", why: this.doubt };
  }

  private tryAll(): Witness | undefined {
    if (this.isClosedAtOnce()) return undefined;
    try {
      const facts = Facts.of(relevant(this.question), this.keys);
      return facts && this.throughLayers(0, facts, []);
    } catch (error) {
      if (!(error instanceof TooManySteps)) throw error;
      const at = this.at === undefined ? "it" : statementName(this.at);
      this.doubt = `${at}, with all that is denied, takes more steps to decide than it may`;
      return undefined;
    }
  }

  /**
   * Whether each Allow of a layer asks for the very thing that the requests are said not to have. The
   * search would find that out as well, after it has weighed all that they do have.
   */
  private isClosedAtOnce(): boolean {
    const { given, layers } = this.question;
    const refused = new Set(
      given
        .filter((one) => !one.met && oddity(one) === undefined)
        .map(({ condition }) => written(condition)),
    );
    return (
      refused.size > 0 &&
      layers.some((layer) =>
        this.statements(layer, "Allow").every((allow) =>
          literalsOf(allow).some(({ condition }) =>
            refused.has(written(condition)),
          ),
        ),
      )
    );
  }

  private statements(
    documents: readonly Document[],
    effect: "Allow" | "Deny",
  ): readonly Statement[] {
    return documents
      .flatMap(({ statements }) => statements)
      .filter(
        (statement) =>
          statement.effect === effect &&
          speaksOf(statement, this.question.caller),
      );
  }

  private throughLayers(
    index: number,
    facts: Facts,
    allows: readonly Statement[],
  ): Witness | undefined {
    const layer = this.question.layers[index];
    if (layer === undefined) return this.pastDenies(this.denies, facts, allows);
    for (const allow of this.statements(layer, "Allow")) {
      this.at = allow;
      this.effort.spend(1);
      const extended = facts.withAll(literalsOf(allow));
      if (extended === undefined) continue;
      const found = this.throughLayers(index + 1, extended, [...allows, allow]);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  private pastDenies(
    all: readonly Statement[],
    facts: Facts,
    allows: readonly Statement[],
  ): Witness | undefined {
    // One that can't match any more is past already.
    const denies = all.filter((deny) =>
      literalsOf(deny).every((one) => facts.could(one)),
    );
    this.effort.spend(1 + denies.length);
    if (denies.length === 0) return this.assign(facts, allows);
    const ways = denies.map((deny) => waysPast(deny, facts));
    // The one with the fewest ways first: where there is none, the search ends here at once.
    const fewest = Math.min(...ways.map(({ length }) => length));
    const index = ways.findIndex(({ length }) => length === fewest);
    const others = denies.toSpliced(index, 1);
    let rest: Facts | undefined = facts;
    for (const way of ways[index] ?? []) {
      const past: Facts | undefined = rest?.withAll([way]);
      const found = past && this.pastDenies(others, past, allows);
      if (found !== undefined) return found;
      // What was looked through needs no second look: from here on the literal comes true.
      if (isPlain(not(way))) rest = rest?.withAll([not(way)]);
    }
    return undefined;
  }

  private assign(
    facts: Facts,
    allows: readonly Statement[],
  ): Witness | undefined {
    const { caller, preferred = new Map() } = this.question;
    const assigned = assignValues(facts, preferred);
    if (assigned.kind === "none") return undefined;
    const doubt = assigned.kind === "unclear" ? assigned.why : assigned.doubt;
    if (doubt !== undefined || assigned.kind === "unclear") {
      this.doubt ??= doubt;
      return undefined;
    }
    const values = atOneTime(assigned.values, facts.literals);
    return { caller, statements: allows, values };
  }
}

/** Without what compares a key that no document speaks of with another: some value always does. */
function relevant({ given, layers }: Question): readonly Literal[] {
  if (given.every((one) => variablesOf(one).length === 0)) return given;
  const spoken = new Set(
    layers
      .flat()
      .flatMap(({ statements }) => statements.flatMap(literalsOf))
      .flatMap((one) => [one.condition.key, ...variablesOf(one)]),
  );
  return given.filter(
    (one) => variablesOf(one).length === 0 || spoken.has(one.condition.key),
  );
}

/** The literals of the Deny that can fail, failing. */
const waysPast = (deny: Statement, facts: Facts): readonly Literal[] =>
  literalsOf(deny)
    .map(not)
    .filter((one) => facts.could(one));

/** Nobody doubts what it says, and no other key changes it. */
const isPlain = (one: Literal): boolean =>
  variablesOf(one).length === 0 && !isDoubtful(one);

/** What the set of requests says by itself: variables that stand for these are text at once. */
function knownKeys({ given }: Question): Lookup {
  const byKey = groupByKey(given);
  return (key) => {
    if (holdsSeveral(key)) return { kind: "unusable" };
    const only = onlyValue(byKey.get(key) ?? []);
    return only === undefined ? { kind: "open" } : known(only.value);
  };
}
