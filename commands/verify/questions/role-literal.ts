import type { Literal } from "../../../policy-pack/decide/literal";
import {
  compile,
  matches,
  type Pattern,
} from "../../../policy-pack/decide/text/pattern";
import {
  substitute,
  variablesIn,
} from "../../../policy-pack/decide/text/template";
import {
  isKeyOfRoles,
  keysOf,
  lookupIn,
  truthOf,
  type Pins,
  type Truth,
} from "./pins";

/** A literal that the role decides: its ARN, its account, its tags. */
export class RoleLiteral {
  private list: ListedTexts | undefined;

  /**
   * @param text the same for literals that say the same
   * @param user who asks
   */
  constructor(
    private readonly literal: Literal,
    readonly text: string,
    private readonly user: Pins,
  ) {}

  /** @returns what is left of it for the role, where it is neither true nor false. */
  forRole(role: Pins): Exclude<Truth, "open"> | { readonly text: string } {
    const truth = this.truthFor(role);
    if (truth !== "open") return truth;
    const values = keysOf(this.literal)
      .filter(isKeyOfRoles)
      .map((key) => [key, role.valueOf(key)]);
    return { text: this.text + JSON.stringify(values) };
  }

  private truthFor(role: Pins): Truth {
    const { condition, met } = this.literal;
    const value = role.valueOf(condition.key);
    this.list ??= listedTexts(this.literal, this.user);
    if (value === undefined || this.list === "no list") {
      return truthOf(this.literal, role, this.user);
    }
    const isListed =
      this.list.exact.has(value) ||
      this.list.patterns.some((one) => isMatched(value, one));
    return (isListed !== this.list.negated) === met ? "always" : "never";
  }
}

/** Texts and patterns that one text is held against: what most documents say of roles. */
type ListedTexts =
  | {
      readonly exact: ReadonlySet<string>;
      readonly patterns: readonly Ends[];
      readonly negated: boolean;
    }
  | "no list";

/** Of ARN operators, sets and what is no text the search itself has to say. */
function listedTexts({ condition }: Literal, user: Pins): ListedTexts {
  const { operator, values } = condition;
  if (
    operator?.kind.family !== "text" ||
    operator.kind.style === "arn" ||
    operator.quantifier !== undefined ||
    values.length === 0
  ) {
    return "no list";
  }
  const { style, ignoreCase } = operator.kind;
  const known = values
    .map((value) => substitute(value, lookupIn(user)))
    .filter((value) => value !== undefined);
  if (known.flatMap(variablesIn).length > 0) return "no list";
  const ends = known.map((value) => endsOf(compile(value, style, ignoreCase)));
  return {
    exact: new Set(
      ends.filter(({ isWhole }) => isWhole).map(({ first }) => first),
    ),
    patterns: ends.filter(({ isWhole }) => !isWhole),
    negated: operator.negated,
  };
}

/** A pattern, with what a text that matches begins and ends with. */
interface Ends {
  readonly pattern: Pattern;
  readonly first: string;
  readonly last: string;
  /** Whether that is all of it. */
  readonly isWhole: boolean;
}

function endsOf(pattern: Pattern): Ends {
  const { tokens, ignoreCase } = pattern;
  const chars = tokens.map((token) =>
    token.kind === "char" && !ignoreCase ? token.char : undefined,
  );
  const from = chars.indexOf(undefined);
  return {
    pattern,
    first: chars.slice(0, from < 0 ? undefined : from).join(""),
    last: chars.slice(chars.lastIndexOf(undefined) + 1).join(""),
    isWhole: from < 0,
  };
}

/** Most texts show by their ends that they do not match. */
const isMatched = (text: string, { pattern, first, last }: Ends): boolean =>
  text.startsWith(first) && text.endsWith(last) && matches(pattern, text);
