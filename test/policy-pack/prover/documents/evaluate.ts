import type { Caller } from "../requests/callers";
import { unknownOf } from "../requests/keys";
import * as names from "../requests/names";
import {
  always,
  and,
  flag,
  member,
  never,
  not,
  or,
  text,
  type Formula,
  type Text,
} from "../smt/formula";
import {
  anything,
  concat,
  exactly,
  inAnyCase,
  plus,
  star,
  type Regex,
} from "../smt/regex";
import { meets, type ConditionContext } from "./condition";
import type { Key } from "./key";
import { NotEncoded, openReading } from "./limits";
import { matches, type Variable } from "./pattern";
import type { Listed, Principals, Statement } from "./read";

/** What is asked for: action and resource are one text, so that one may hang on the other. */
const asked = "asked";
const between = " ";
const actionChars: Regex = plus(
  `(re.inter re.allchar (re.comp ${exactly(between)}))`,
);

export const actionText: Text = names.part(asked, [], actionChars, [
  exactly(between),
  anything,
]);

export const resourceText: Text = names.part(
  asked,
  [actionChars, exactly(between)],
  anything,
);

/** All requests that ask for one of the actions on one of the resources. */
export const askedFor = (actions: Regex, resources: Regex): Regex =>
  concat([actions, exactly(between), resources]);

/** Global keys that hold several values. Source: "AWS global condition context keys". */
const severalValues = new Set([
  "aws:calledvia",
  "aws:principalorgpaths",
  "aws:tagkeys",
  "sts:transitivetagkeys",
]);

/** What a request of the caller must be like to be allowed by documents, layer by layer. */
export class Evaluation {
  private readonly free = new Map<string, Key>();

  constructor(
    private readonly caller: Caller,
    private readonly layers: readonly (readonly Statement[])[],
  ) {}

  /** Some Allow of each layer matches, and no Deny of any does. */
  get isAllowed(): Formula {
    const matching = (statements: readonly Statement[], allows: boolean) =>
      or(
        ...statements
          .filter((one) => one.allows === allows)
          .map((one) => this.matches(one)),
      );
    return and(
      ...this.layers.map((layer) => matching(layer, true)),
      not(matching(this.layers.flat(), false)),
    );
  }

  key(name: string): Key {
    const known = this.caller.keys.byName.get(name) ?? this.free.get(name);
    if (known !== undefined) return known;
    const made = this.freeKey(name);
    this.free.set(name, made);
    return made;
  }

  private matches(statement: Statement): Formula {
    const context: ConditionContext = {
      key: (name) => this.key(name),
      variable: (name) => this.variable(name),
      hasVariables: statement.hasVariables,
    };
    return and(
      this.speaksOfCaller(statement.principals),
      speaksOfAction(statement.actions),
      speaksOfResource(statement.resources, context),
      ...statement.conditions.map((one) => meets(one, context)),
    );
  }

  /**
   * NotPrincipal leaves out whoever is named with all that stands for it: the page "NotPrincipal"
   * says to name the account as well, and that "the policy might deny" without that.
   */
  private speaksOfCaller(principals: Principals | undefined): Formula {
    if (principals === undefined) return always;
    const { inverted, values } = principals;
    const isNamed = or(
      ...values.map(({ type, id }) => this.caller.isNamed(type, id)),
    );
    if (!inverted) return isNamed;
    const isNamedInFull = and(
      ...this.caller.chain.map((link) =>
        or(...values.map(({ type, id }) => link(type, id))),
      ),
    );
    return or(
      not(isNamed),
      and(not(isNamedInFull), flag(openReading("not_principal"))),
    );
  }

  private variable(name: string): Variable {
    const { isPresent, values, constant } = this.key(name);
    const [value, ...more] = values;
    if (value === undefined) return { isPresent: never, value: undefined };
    if (more.length > 0 || severalValues.has(name)) {
      return { isPresent: never, value: undefined };
    }
    if (constant !== undefined) return { isPresent, value: constant };
    if (value.kind === "time" || value.kind === "address") {
      throw new NotEncoded(`the ${value.kind} ${name} as a variable`);
    }
    return { isPresent, value: value.text };
  }

  /** A key that nothing is certain of: missing, or any text. */
  private freeKey(name: string): Key {
    if (
      name.startsWith("aws:principaltag/") &&
      this.caller.kind === "anonymous"
    ) {
      return { isPresent: never, values: [] };
    }
    const unknown = unknownOf(name);
    const count = severalValues.has(name) ? this.conditionsOn(name) : 1;
    return {
      isPresent:
        name === "aws:principalorgpaths"
          ? flag("organisation_present")
          : flag(`${unknown}_present`),
      values: Array.from({ length: count }, (_, index) => ({
        kind: "text" as const,
        text: text(index === 0 ? unknown : `${unknown}_${index}`),
      })),
    };
  }

  /** Sets with more values than conditions could tell apart need not be looked at. */
  private conditionsOn(name: string): number {
    const all = this.layers.flat().flatMap(({ conditions }) => conditions);
    return 1 + all.filter(({ key }) => key === name).length;
  }
}

/** Source: "IAM JSON policy elements: Action": in any case, wildcards anywhere. */
function speaksOfAction({ inverted, values }: Listed): Formula {
  const some = or(
    ...values.map((value) => member(actionText, actionPattern(value))),
  );
  return inverted ? not(some) : some;
}

const actionPattern = (value: string): Regex =>
  value === "*"
    ? actionChars
    : concat(
        Array.from(value, (char) => {
          if (char === "*") return star("re.allchar");
          return char === "?" ? "re.allchar" : inAnyCase(char);
        }),
      );

function speaksOfResource(
  resources: Listed | undefined,
  context: ConditionContext,
): Formula {
  if (resources === undefined) return always;
  const some = or(
    ...resources.values.map((value) =>
      matches(
        value,
        { kind: "wildcards", reach: "part or beyond" },
        { ...context, subject: resourceText },
      ),
    ),
  );
  return resources.inverted ? not(some) : some;
}
