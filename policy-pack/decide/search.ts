import type { Document, Statement } from "./document";
import { Facts, groupByKey } from "./facts";
import { not, type Literal } from "./literal";
import { speaksOf, type Caller } from "./principal";
import { known, settle, type Derived, type Preferred } from "./assign-values";
import { settledValue, type KeyValue } from "./solve-key";
import { literalsOf } from "./statement-literals";
import type { Lookup } from "./text/template";

/** A set of requests, and the documents that are to decide over them. */
export interface Question {
  /** Each layer must allow: a trust policy; identity policies; a permissions boundary. */
  readonly layers: readonly (readonly Document[])[];
  readonly caller: Caller;
  /** What all requests of the set have in common; all else about them is open. */
  readonly given: readonly Literal[];
  /** Values to try first, by key, for a witness that reads well. */
  readonly preferred?: Preferred;
  readonly derived?: readonly Derived[];
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

/** More branches than a document that a person wrote comes to. */
const mostBranches = 20_000;

/**
 * Whether any request of the set is allowed, with the request as the witness.
 *
 * A request is allowed when in each layer an Allow statement matches, and nowhere a Deny does. A
 * statement matches when all its literals come true, and fails to when one does not: so the search
 * takes one Allow of each layer, and of each Deny one literal that is to fail, and looks for
 * values of the keys that make all of it true at once. Values of different keys do not depend on
 * each other but through policy variables, so each key is solved by itself.
 */
export function search(question: Question): Verdict {
  const run = new Search(question);
  return run.verdict();
}

class Search {
  private readonly lookup: Lookup;
  private readonly denies: readonly Statement[];
  private branches = 0;
  private doubt: string | undefined;

  constructor(private readonly question: Question) {
    this.lookup = settledKeys(question);
    this.denies = this.statements(question.layers.flat(), "Deny");
  }

  verdict(): Verdict {
    const facts = Facts.of(this.question.given, this.lookup);
    const witness = this.throughLayers(0, facts, []);
    if (witness !== undefined) return { answer: "open", witness };
    return this.doubt === undefined
      ? { answer: "closed" }
      : { answer: "undecided", why: this.doubt };
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
    if (layer === undefined) {
      const denies = this.denies.filter((deny) =>
        facts.couldEach(literalsOf(deny)),
      );
      return this.pastDenies(denies, facts, allows);
    }
    for (const allow of this.statements(layer, "Allow")) {
      const extended = facts.withAll(literalsOf(allow));
      if (extended === undefined) continue;
      const found = this.throughLayers(index + 1, extended, [...allows, allow]);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  private pastDenies(
    denies: readonly Statement[],
    facts: Facts,
    allows: readonly Statement[],
  ): Witness | undefined {
    this.branches += 1;
    if (this.branches > mostBranches) {
      this.doubt = "its statements are too many to search";
      return undefined;
    }
    if (denies.length === 0) return this.settle(facts, allows);
    const ways = denies.map((deny) => waysPast(deny, facts));
    // The one with the fewest ways first: where there is none, the search ends here at once.
    const fewest = Math.min(...ways.map(({ length }) => length));
    const index = ways.findIndex(({ length }) => length === fewest);
    const others = denies.toSpliced(index, 1);
    for (const way of ways[index] ?? []) {
      const found = this.pastDenies(others, way, allows);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  private settle(
    facts: Facts,
    allows: readonly Statement[],
  ): Witness | undefined {
    const { caller, preferred = new Map(), derived = [] } = this.question;
    const settled = settle(facts, preferred, derived);
    if (settled.kind === "none") return undefined;
    const doubt = settled.kind === "unclear" ? settled.why : settled.doubt;
    if (doubt !== undefined || settled.kind === "unclear") {
      this.doubt ??= doubt;
      return undefined;
    }
    return { caller, statements: allows, values: settled.values };
  }
}

/** For each literal of the Deny that can still fail: what holds when it does. */
const waysPast = (deny: Statement, facts: Facts): readonly Facts[] =>
  literalsOf(deny).flatMap((one) => facts.withAll([not(one)]) ?? []);

/** What the set of requests settles by itself: variables that stand for these are text at once. */
function settledKeys({ given }: Question): Lookup {
  const byKey = groupByKey(given);
  return (key) => {
    const settled = settledValue(byKey.get(key) ?? []);
    return settled === undefined ? { kind: "open" } : known(settled.value);
  };
}
