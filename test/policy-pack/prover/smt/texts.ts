import type { Engine } from "./engine";
import { member, type Formula, type Piece, type Text } from "./formula";
import {
  anything,
  complement,
  concat,
  intersection,
  quoted,
  type Regex,
} from "./regex";

export type Member = Extract<Formula, { readonly kind: "member" }>;
export type Template = Extract<Formula, { readonly kind: "template" }>;

/** What a text must be, or must not be. */
export interface Fact {
  readonly atom: Member | Template;
  readonly holds: boolean;
}

export type Texts =
  | { readonly answer: "found"; readonly values: ReadonlyMap<string, string> }
  | { readonly answer: "none" }
  | { readonly answer: "unknown"; readonly why: string };

/** Values that each text may have at all. */
export type Domains = ReadonlyMap<string, Regex>;

/**
 * Finds texts for which all facts hold. All that is asked of one text is one regular expression, in
 * which the solver is quick; two memberships of the same text it unfolds by length, and is not.
 */
export class TextSolver {
  private readonly known = new Map<string, Texts>();

  constructor(private readonly engine: Engine) {}

  solve(facts: readonly Fact[], domains: Domains): Texts {
    if (facts.every(({ atom }) => atom.kind === "member")) {
      return this.lookUp(facts, domains);
    }
    // Equations are slow: first without them, by what is certain of the texts by itself.
    const weaker = this.lookUp(facts.flatMap(weakened), domains);
    if (weaker.answer === "none") return weaker;
    const stronger = this.lookUp(facts.flatMap(strengthened), domains);
    return stronger.answer === "found" ? stronger : this.lookUp(facts, domains);
  }

  private lookUp(facts: readonly Fact[], domains: Domains): Texts {
    const script = scriptOf(facts, domains);
    const before = this.known.get(script.text);
    if (before !== undefined) return before;
    const found = this.ask(script);
    this.known.set(script.text, found);
    return found;
  }

  private ask({ text, names }: Script): Texts {
    const { answer, shown } = this.engine.check(text, names);
    switch (answer) {
      case "unsat":
        return { answer: "none" };
      case "unknown":
        return { answer: "unknown", why: shown.trim() };
      case "sat":
        return { answer: "found", values: valuesIn(shown, names) };
    }
  }
}

/** What a template asks for whatever its variables stand for. */
const frame = ({ subject, pieces }: Template): Member => {
  const regexes = pieces.map((piece) =>
    piece.kind === "variable" ? anything : regexOf(piece),
  );
  return member(subject, concat(regexes));
};

function weakened({ atom, holds }: Fact): readonly Fact[] {
  if (atom.kind === "member") return [{ atom, holds }];
  return holds ? [{ atom: frame(atom), holds }] : [];
}

const strengthened = ({ atom, holds }: Fact): readonly Fact[] =>
  atom.kind === "template" && !holds
    ? [{ atom: frame(atom), holds }]
    : [{ atom, holds }];

interface Script {
  readonly text: string;
  readonly names: readonly string[];
}

function scriptOf(facts: readonly Fact[], domains: Domains): Script {
  const names = [...new Set(facts.flatMap(({ atom }) => textsOf(atom)))].sort();
  const views = new Views();
  const equations = facts.flatMap(({ atom, holds }) =>
    atom.kind === "template" ? [asserted(views.template(atom), holds)] : [],
  );
  const declared = names.map((name) => {
    const asked = facts.flatMap(({ atom, holds }) =>
      atom.kind === "member" && atom.text === name
        ? [holds ? atom.regex : complement(atom.regex)]
        : [],
    );
    const all = [domains.get(name) ?? anything, ...new Set(asked)];
    return `(declare-const ${name} String)(assert (str.in_re ${name} ${intersection(all)}))`;
  });
  return { text: [...declared, ...views.lines, ...equations].join(""), names };
}

const asserted = (term: string, holds: boolean): string =>
  `(assert ${holds ? term : `(not ${term})`})`;

export const textsOf = (atom: Member | Template): readonly string[] =>
  atom.kind === "member"
    ? [atom.text]
    : [
        atom.subject.whole,
        ...atom.pieces.flatMap((piece) =>
          piece.kind === "variable" ? [piece.text.whole] : [],
        ),
      ];

/** Parts of texts, as texts of their own. */
class Views {
  readonly lines: string[] = [];
  private readonly names = new Map<string, string>();

  private view(text: Text): string {
    if (text.before === '(str.to_re "")' && text.after === text.before) {
      return text.whole;
    }
    const key = JSON.stringify(text);
    const known = this.names.get(key);
    if (known !== undefined) return known;
    const name = `part${this.names.size}`;
    this.names.set(key, name);
    const ends = ["before", "after"].map((end) => `${name}_${end}`);
    const [before = "", after = ""] = ends;
    this.lines.push(
      ...[name, before, after].map((one) => `(declare-const ${one} String)`),
      `(assert (= ${text.whole} (str.++ ${before} ${name} ${after})))`,
      `(assert (str.in_re ${before} ${text.before}))`,
      `(assert (str.in_re ${name} ${text.itself}))`,
      `(assert (str.in_re ${after} ${text.after}))`,
    );
    return name;
  }

  /** Says by functions alone that the template matches, so that it may be denied as well. */
  template({ subject, pieces }: Template): string {
    const text = this.view(subject);
    const first = pieces.findIndex(({ kind }) => kind === "wild");
    if (first < 0) return `(= ${text} ${this.joined(pieces)})`;
    const last = pieces.findLastIndex(({ kind }) => kind === "wild");
    const head = this.joined(pieces.slice(0, first));
    const tail = this.joined(pieces.slice(last + 1));
    const middle = concat(pieces.slice(first, last + 1).map(regexOf));
    const ends = `(str.prefixof ${head} ${text})(str.suffixof ${tail} ${text})(>= (str.len ${text}) (+ (str.len ${head}) (str.len ${tail})))`;
    return middle === anything
      ? `(and ${ends})`
      : `(and ${ends}(str.in_re (str.substr ${text} (str.len ${head}) (- (str.len ${text}) (str.len ${head}) (str.len ${tail}))) ${middle}))`;
  }

  private joined(pieces: readonly Piece[]): string {
    const parts = pieces.map((piece) => {
      if (piece.kind === "variable") return this.view(piece.text);
      return piece.kind === "fixed" ? quoted(piece.text) : quoted("");
    });
    return parts.length === 0 ? quoted("") : `(str.++ ${parts.join(" ")} "")`;
  }
}

const regexOf = (piece: Piece): Regex => {
  switch (piece.kind) {
    case "fixed":
      return `(str.to_re ${quoted(piece.text)})`;
    case "wild":
      return piece.regex;
    case "variable":
      throw new Error("a variable between wildcards has no place here");
  }
};

/** `((name "value") …)`, the values with SMT-LIB's escapes. */
function valuesIn(
  shown: string,
  names: readonly string[],
): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const name of names) {
    const value = new RegExp(`\\(${name} "((?:[^"]|"")*)"\\)`, "s").exec(shown);
    if (value !== null) found.set(name, unescaped(value[1] ?? ""));
  }
  return found;
}

const unescaped = (text: string): string =>
  text
    .replaceAll('""', '"')
    .replace(/\\u\{([0-9a-fA-F]+)\}/g, (_, code: string) =>
      String.fromCodePoint(parseInt(code, 16)),
    );
