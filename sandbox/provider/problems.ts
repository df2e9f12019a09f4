/**
 * What is wrong with an input, in one sentence that follows the input's name; undefined when
 * nothing is. Limits are those of IAM ("IAM and AWS STS quotas").
 */
type Problem = (value: unknown) => string | undefined;

const namePattern = /^[\w+=,.@-]+$/;

/** A name of IAM's, `longest` characters at most. */
export const name =
  (longest: number): Problem =>
  (value) => {
    if (typeof value !== "string") return `must be text, not ${typeof value}`;
    if (value.length > longest) {
      return `must be at most ${longest} characters long, and has ${value.length}`;
    }
    if (namePattern.test(value)) return undefined;
    return `must only contain alphanumeric characters and _+=,.@-, and is "${value}"`;
  };

export const between =
  (least: number, most: number): Problem =>
  (value) =>
    typeof value === "number" && value >= least && value <= most
      ? undefined
      : `expected to be in the range (${least} - ${most}), got ${String(value)}`;

export const oneOf =
  (...allowed: readonly string[]): Problem =>
  (value) =>
    typeof value === "string" && allowed.includes(value)
      ? undefined
      : `expected one of ${allowed.join(", ")}, got ${String(value)}`;

export const textUpTo =
  (longest: number): Problem =>
  (value) =>
    typeof value === "string" && value.length <= longest
      ? undefined
      : `must be text of at most ${longest} characters`;

/** `/`, or begins and ends with it. */
export const path: Problem = (value) =>
  typeof value === "string" && /^\/([\u0021-\u007e]{0,510}\/)?$/.test(value)
    ? undefined
    : `must begin and end with a slash and be at most 512 characters long, and is "${String(value)}"`;

export const arn: Problem = (value) =>
  typeof value === "string" && /^arn:[\w-]+:[\w-]+:[^:]*:[^:]*:.+$/.test(value)
    ? undefined
    : `is an invalid ARN: "${String(value)}"`;

/** The text of a JSON object. */
export const document: Problem = (value) => {
  if (typeof value !== "string") return "must be the text of a JSON document";
  try {
    const parsed: unknown = JSON.parse(value);
    return typeof parsed === "object" && parsed !== null
      ? undefined
      : "contains an invalid JSON policy: not a JSON object";
  } catch (error) {
    const { message } = error as SyntaxError;
    return `contains an invalid JSON policy: ${message}`;
  }
};

export const listOf =
  (problem: Problem): Problem =>
  (value) => {
    if (!Array.isArray(value)) return "must be a list";
    for (const [index, item] of value.entries()) {
      const found = problem(item);
      if (found !== undefined) return `[${index}] ${found}`;
    }
    return undefined;
  };
