import { awsManagedNames } from "./aws-managed";

const ofAws = /^(arn:[^:]+:iam::aws:policy\/)(.+)$/;

/** Policies in words; of one that AWS does not have, the one that may be meant. */
export const unreadWords = (policies: readonly string[]): string =>
  policies
    .map((one) => {
      const near = nearestOfAws(one);
      return near === undefined
        ? one
        : `${one} (which AWS does not have: it has ${near})`;
    })
    .join(" and ");

/** The ARN of AWS's policy whose name is nearly that; undefined where none is. */
export function nearestOfAws(arn: string): string | undefined {
  if (!found.has(arn)) found.set(arn, findNearest(arn));
  return found.get(arn);
}

/** Many roles of a stack may have the same mistake. */
const found = new Map<string, string | undefined>();

function findNearest(arn: string): string | undefined {
  const [, start = "", wanted] = ofAws.exec(arn) ?? [];
  if (wanted === undefined) return undefined;
  const near = awsManagedNames()
    .map((name) => ({ name, edits: editsBetween(wanted, name) }))
    .filter(({ edits }) => edits <= mostEdits)
    .sort((one, other) => one.edits - other.edits);
  const [nearest] = near;
  return nearest && start + nearest.name;
}

/** More would find a policy of another service. */
const mostEdits = 2;

/** How many letters differ; an ending or a path that was left out counts for one. */
function editsBetween(wanted: string, name: string): number {
  const [one, other] = [wanted, name].map((each) =>
    each.slice(each.lastIndexOf("/") + 1).toLowerCase(),
  ) as [string, string];
  if (one === other) return 0;
  if (/^(access|policy|role|_v\d)$/.test(other.replace(one, ""))) return 1;
  if (Math.abs(one.length - other.length) > mostEdits) return Infinity;
  return distance(one, other);
}

/** Levenshtein's, a row at a time. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [place, char] of Array.from(one).entries()) {
    const next = [place + 1];
    for (const [index, above] of row.slice(1).entries()) {
      const diagonal = (row[index] ?? 0) + (char === other[index] ? 0 : 1);
      next.push(Math.min(diagonal, above + 1, (next[index] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
