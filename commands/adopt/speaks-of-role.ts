import { tagsByKey } from "../../policy-pack/decide/assume-role";
import { roleOf } from "../../policy-pack/decide/callers";
import { speaksOfAction } from "../../policy-pack/decide/could-allow";
import {
  statementName,
  type Condition,
  type PrincipalEntry,
  type Statement,
} from "../../policy-pack/decide/document";
import {
  matches,
  start,
  step,
  type Pattern,
} from "../../policy-pack/decide/text/pattern";
import type { Template } from "../../policy-pack/decide/text/template";
import { accountIn } from "../accounts/arn";
import { trustOf, unlessUnreadable } from "../accounts/documents";
import type { LiveRole } from "../accounts/live-account";

/**
 * How another role's trust policy speaks of the role, which may lead there or be kept from it: by its
 * name, or by a condition that tells it from others of its account. "": it does not.
 */
export function howItSpeaksOf(role: LiveRole, other: LiveRole): string {
  const trust = unlessUnreadable(() => trustOf(other));
  if (typeof trust === "string") return "can't be read";
  for (const statement of trust.statements) {
    const how = howStatementSpeaks(role, statement);
    if (how !== "") return how;
  }
  return "";
}

function howStatementSpeaks(role: LiveRole, statement: Statement): string {
  const { principals, conditions } = statement;
  const entries = principals?.principals ?? [];
  if (entries.some((entry) => isNameOf(role, entry))) return "names it";
  const isOfItsAccount =
    principals?.mode === "all but these" ||
    entries.some((entry) => isAccountOf(role, entry));
  const condition = isOfItsAccount
    ? conditions.find((one) => isMetBy(role, one))
    : undefined;
  return condition === undefined
    ? ""
    : `means it by ${condition.writtenKey ?? condition.key} in ${statementName(statement)}`;
}

const isNameOf = (role: LiveRole, entry: PrincipalEntry): boolean => {
  switch (entry.kind) {
    case "role":
      return entry.arn === role.arn;
    case "role session":
      return roleOf(entry.arn) === withoutPath(role.arn);
    case "unique id":
      return entry.id === role.id;
    default:
      return false;
  }
};

const isAccountOf = ({ arn }: LiveRole, entry: PrincipalEntry): boolean =>
  entry.kind === "everyone" ||
  (entry.kind === "account" && entry.account === accountIn(arn));

/** A session's ARN does not tell the path of its role. */
const withoutPath = (arn: string): string =>
  arn.replace(/:role\/.*\//, ":role/");

/**
 * Whether a session of the role has a value that the condition asks for, or refuses. Wildcards count
 * for every operator, and variables as wildcards: a role that is kept for nothing is told with why.
 */
function isMetBy(role: LiveRole, condition: Condition): boolean {
  const { key, values } = condition;
  if (key === "aws:principalarn") {
    return values.map(patternOf).some((value) => isArnOf(role, value));
  }
  if (key === "aws:userid") {
    // Source: IAM User Guide, "Where you can use policy variables", aws:userid.
    return values
      .map(patternOf)
      .some((value) => mayBegin(value, `${role.id}:`));
  }
  const [, tag] = /^aws:principaltag\/(.*)$/s.exec(key) ?? [];
  return tag !== undefined && isTagOf(role, tag, condition);
}

const isArnOf = ({ arn }: LiveRole, value: Pattern): boolean =>
  matches(value, arn) ||
  mayBegin(
    value,
    `${withoutPath(arn).replace(":iam:", ":sts:").replace(":role/", ":assumed-role/")}/`,
  );

function isTagOf(
  role: LiveRole,
  tag: string,
  { operator, values }: Condition,
): boolean {
  if (mayBeTagged(role)) return true;
  const value = tagsByKey(role.tags).get(tag);
  if (value === undefined) return false;
  const isCompared = operator?.kind.family === "text" && !operator.negated;
  return !isCompared || values.some((one) => matches(patternOf(one), value));
}

/** Whoever takes it may give its session a tag. */
function mayBeTagged(role: LiveRole): boolean {
  const trust = unlessUnreadable(() => trustOf(role));
  return (
    typeof trust === "string" ||
    trust.statements.some(
      (one) => one.effect === "Allow" && speaksOfAction(one, "sts:TagSession"),
    )
  );
}

const patternOf = (value: Template): Pattern => ({
  ignoreCase: true,
  tokens: value.flatMap((part): Pattern["tokens"] =>
    part.kind === "variable"
      ? [{ kind: "many", except: "" }]
      : Array.from(part.text, (char) =>
          part.kind === "text" && char === "*"
            ? { kind: "many", except: "" }
            : part.kind === "text" && char === "?"
              ? { kind: "one", except: "" }
              : { kind: "char", char },
        ),
  ),
});

/** Whether the pattern takes a text that begins so. */
const mayBegin = (pattern: Pattern, beginning: string): boolean =>
  Array.from(beginning).reduce(
    (at, char) => step(pattern, at, char),
    start(pattern),
  ).length > 0;
