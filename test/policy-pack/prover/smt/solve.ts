import type { Engine } from "./engine";
import type { Formula } from "./formula";
import {
  textsOf,
  TextSolver,
  type Domains,
  type Fact,
  type Member,
  type Template,
} from "./texts";

export type Solution =
  | {
      readonly answer: "sat";
      /** Texts, flags and numbers of a request that does it, as text. */
      readonly model: ReadonlyMap<string, string>;
    }
  | { readonly answer: "unsat" }
  | { readonly answer: "unknown"; readonly why: string };

/** More models than a document of the generator has come to. */
const mostRounds = 400;

type Atom = Exclude<
  Formula,
  { readonly kind: "and" | "or" | "not" | "constant" }
>;

/**
 * Decides a formula. The solver gives a model of its flags and numbers in which each fact about a
 * text is a flag as well; the texts are asked for next; where there are none, a smallest part of the
 * facts that can't be is ruled out, and the solver gives the next model.
 */
export class Solver {
  private readonly texts: TextSolver;

  constructor(private readonly engine: Engine) {
    this.texts = new TextSolver(engine);
  }

  solve(formula: Formula, domains: Domains): Solution {
    const atoms = new Atoms();
    const term = atoms.termOf(formula);
    const lemmas: string[] = [];
    let doubt: string | undefined;
    for (let round = 0; round < mostRounds; round += 1) {
      const model = this.skeleton(atoms, [term, ...lemmas]);
      if (typeof model === "string") {
        if (model === "unsat" && doubt === undefined)
          return { answer: "unsat" };
        return { answer: "unknown", why: doubt ?? model };
      }
      const facts = factsIn(support(formula, true, atoms, model));
      const found = this.together(facts, domains);
      if (found.answer === "found") {
        return { answer: "sat", model: new Map([...model, ...found.values]) };
      }
      if (found.answer === "unknown") doubt ??= found.why;
      const core =
        found.answer === "none"
          ? this.smallest(found.facts, domains)
          : found.facts;
      lemmas.push(ruledOut(core, atoms));
    }
    return { answer: "unknown", why: `no end after ${mostRounds} models` };
  }

  /** Texts that have nothing to do with each other are asked for one by one. */
  private together(facts: readonly Fact[], domains: Domains) {
    const values = new Map<string, string>();
    for (const group of groups(facts)) {
      const found = this.texts.solve(group, domains);
      if (found.answer !== "found") return { ...found, facts: group };
      for (const [name, value] of found.values) values.set(name, value);
    }
    return { answer: "found" as const, values };
  }

  private smallest(facts: readonly Fact[], domains: Domains): readonly Fact[] {
    let core = facts;
    for (const one of facts) {
      const less = core.filter((other) => other !== one);
      if (less.length === 0) return core;
      for (const group of groups(less)) {
        const found = this.texts.solve(group, domains);
        if (found.answer !== "none") continue;
        core = group;
        break;
      }
    }
    return core;
  }

  private skeleton(
    atoms: Atoms,
    terms: readonly string[],
  ): ReadonlyMap<string, string> | "unsat" | "unknown" {
    const asserted = terms.map((term) => `(assert ${term})`).join("");
    const { answer, shown } = this.engine.check(
      atoms.declarations + asserted,
      atoms.names,
    );
    if (answer !== "sat") return answer;
    return new Map(
      atoms.names.map((name) => [
        name,
        new RegExp(`\\(${name} ([^()]+|\\(- \\d+\\))\\)`).exec(shown)?.[1] ??
          "",
      ]),
    );
  }
}

/** What the solver of flags and numbers sees. */
class Atoms {
  private readonly byKey = new Map<string, string>();
  private readonly sorts = new Map<string, "Bool" | "Int">();

  get declarations(): string {
    return [...this.sorts]
      .map(([name, sort]) => `(declare-const ${name} ${sort})`)
      .join("");
  }

  get names(): readonly string[] {
    return [...this.sorts.keys()];
  }

  nameOf(atom: Member | Template): string {
    const key = JSON.stringify(atom);
    const name = this.byKey.get(key) ?? `fact${this.byKey.size}`;
    this.byKey.set(key, name);
    this.sorts.set(name, "Bool");
    return name;
  }

  termOf(formula: Formula): string {
    switch (formula.kind) {
      case "constant":
        return String(formula.value);
      case "and":
      case "or":
        return `(${formula.kind} ${formula.of.map((one) => this.termOf(one)).join(" ")})`;
      case "not":
        return `(not ${this.termOf(formula.of)})`;
      case "flag":
        this.sorts.set(formula.name, "Bool");
        return formula.name;
      case "at most":
        this.sorts.set(formula.number, "Int");
        return `(<= ${formula.number} ${integer(formula.bound)})`;
      case "member":
      case "template":
        return this.nameOf(formula);
    }
  }

  holds(formula: Formula, model: ReadonlyMap<string, string>): boolean {
    switch (formula.kind) {
      case "constant":
        return formula.value;
      case "and":
        return formula.of.every((one) => this.holds(one, model));
      case "or":
        return formula.of.some((one) => this.holds(one, model));
      case "not":
        return !this.holds(formula.of, model);
      case "flag":
        return model.get(formula.name) === "true";
      case "at most":
        return number(model.get(formula.number)) <= formula.bound;
      case "member":
      case "template":
        return model.get(this.nameOf(formula)) === "true";
    }
  }
}

const integer = (value: bigint): string =>
  value < 0n ? `(- ${-value})` : String(value);

const number = (shown = "0"): bigint =>
  BigInt(shown.replace(/^\(- (\d+)\)$/, "-$1"));

interface Held {
  readonly atom: Atom;
  readonly holds: boolean;
}

/** Facts that by themselves make the formula what it is in the model; the others are let be. */
function support(
  formula: Formula,
  value: boolean,
  atoms: Atoms,
  model: ReadonlyMap<string, string>,
): readonly Held[] {
  switch (formula.kind) {
    case "constant":
      return [];
    case "not":
      return support(formula.of, !value, atoms, model);
    case "and":
    case "or": {
      const needsAll = (formula.kind === "and") === value;
      if (needsAll) {
        return formula.of.flatMap((one) => support(one, value, atoms, model));
      }
      const enough = formula.of.find(
        (one) => atoms.holds(one, model) === value,
      );
      return enough === undefined ? [] : support(enough, value, atoms, model);
    }
    default:
      return [{ atom: formula, holds: value }];
  }
}

const factsIn = (held: readonly Held[]): readonly Fact[] =>
  held.flatMap(({ atom, holds }) =>
    atom.kind === "member" || atom.kind === "template" ? [{ atom, holds }] : [],
  );

function ruledOut(core: readonly Fact[], atoms: Atoms): string {
  const all = core.map(({ atom, holds }) =>
    holds ? `(not ${atoms.nameOf(atom)})` : atoms.nameOf(atom),
  );
  return `(or ${all.join(" ")} false)`;
}

/** Facts by the texts that they are about: two share a group when a text, or a third, ties them. */
function groups(facts: readonly Fact[]): readonly (readonly Fact[])[] {
  let all: { names: Set<string>; facts: Fact[] }[] = [];
  for (const fact of facts) {
    const names = new Set(textsOf(fact.atom));
    const tied = all.filter((group) =>
      [...names].some((name) => group.names.has(name)),
    );
    const joined = {
      names: new Set([...names, ...tied.flatMap((group) => [...group.names])]),
      facts: [...tied.flatMap((group) => group.facts), fact],
    };
    all = [...all.filter((group) => !tied.includes(group)), joined];
  }
  return all.map((group) => group.facts);
}
