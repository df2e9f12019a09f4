import type { Statement } from "./document";
import { not, resourceKey, type Literal } from "./literal";
import { parseOperator } from "./operator";
import { parseTemplate, type Template } from "./text/template";

/**
 * What users do for themselves is not power over IAM: it is on their own user, whatever its path,
 * or on MFA devices that nobody has yet.
 */
export const notOneself: readonly Literal[] = [
  "user/${aws:username}",
  "user/*/${aws:username}",
  "mfa/*",
].map((own) =>
  not({
    met: true,
    condition: {
      key: resourceKey,
      operatorName: "StringLike",
      operator: parseOperator("StringLike"),
      values: [parseTemplate(`arn:*:iam::*:${own}`, true)],
    },
  }),
);

/** Whether the statement speaks of nothing but `notOneself`, whatever the user's name. */
export const isAboutOneself = ({ resources }: Statement): boolean =>
  resources?.mode === "these" && resources.values.every(isOneself);

function isOneself(resource: Template): boolean {
  const [start, name, ...more] = resource;
  if (start?.kind !== "text") return false;
  const [, place] =
    /^arn:[^:]+:iam::[^:]*:(user\/(?:.*\/)?$|mfa\/)/.exec(start.text) ?? [];
  const isName = name?.kind === "variable" && name.key === "aws:username";
  return (
    place === "mfa/" || (place !== undefined && isName && more.length === 0)
  );
}
