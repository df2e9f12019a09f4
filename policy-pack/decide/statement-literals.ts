import type { Choice, Statement } from "./document";
import { actionKey, resourceKey, type Literal } from "./literal";
import { oncePer } from "./once-per";
import { ofCurrentTime } from "./one-time";
import type { Template } from "./text/template";

/** What must come true for the statement to match: its actions and resources are keys as well. */
export const literalsOf = oncePer(
  (statement: Statement): readonly Literal[] => {
    const complete = mayBeMore(statement) ? asWritten : fullArn;
    return [
      ...choice(actionKey, actionOperator, statement.actions),
      ...choice(resourceKey, resourceOperator, statement.resources, (value) =>
        complete(fullApi(value)),
      ),
      ...statement.conditions.map((condition) => ({
        condition: ofCurrentTime(condition),
        met: true,
      })),
    ];
  },
);

/** Actions are compared without regard to case. */
export const actionOperator = {
  kind: { family: "text", style: "wildcards", ignoreCase: true },
  negated: false,
  ifExists: false,
  quantifier: undefined,
} as const;

export const resourceOperator = {
  ...actionOperator,
  kind: { family: "text", style: "resource", ignoreCase: false },
} as const;

function choice(
  key: string,
  operator: typeof actionOperator | typeof resourceOperator,
  choice: Choice | undefined,
  complete: (value: Template) => readonly Template[] = (value) => [value],
): readonly Literal[] {
  if (choice === undefined) return [];
  const values = choice.values.flatMap(complete);
  return [
    {
      met: true,
      condition: {
        key,
        operatorName: key,
        operator: { ...operator, negated: choice.mode === "all but these" },
        values,
      },
    },
  ];
}

/**
 * API Gateway itself completes `execute-api:/*` when it saves the policy of an API. Source: Amazon API
 * Gateway developer guide, "API Gateway resource policy examples".
 */
function fullApi(value: Template): Template {
  const [first, ...more] = value;
  return first?.kind === "text"
    ? [
        {
          kind: "text",
          text: first.text.replace(
            /^execute-api:/,
            "arn:aws*:execute-api:*:*:*",
          ),
        },
        ...more,
      ]
    : value;
}

/** Whether to match the resources lets a request in. */
const mayBeMore = ({ effect, resources }: Statement): boolean =>
  (effect === "Allow") === (resources?.mode === "these");

/**
 * As it stands, a wildcard in a short ARN may reach over the colons that it lacks: nobody says that it
 * does not, so that it may let in, and does not keep out.
 */
const asWritten = (value: Template): readonly Template[] => [
  value,
  ...fullArn(value).filter((one) => one !== value),
];

/**
 * An ARN with parts left out means any: `arn:aws:s3`. Source: AWS documentation, "IAM JSON policy
 * elements: Resource".
 */
function fullArn(value: Template): readonly Template[] {
  const colons = value
    .map((part) => (part.kind === "variable" ? "" : part.text))
    .join("")
    .split(":").length;
  const missing = Math.max(0, 6 - colons);
  return missing === 0 || isAnything(value)
    ? [value]
    : [[...value, { kind: "text", text: ":*".repeat(missing) }]];
}

const isAnything = ([part, ...more]: Template): boolean =>
  more.length === 0 && part?.kind === "text" && part.text === "*";
