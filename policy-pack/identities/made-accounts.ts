import { Effort, unlessTooLong } from "../decide/effort";
import { accountId } from "../decide/formats";
import { findTexts } from "../decide/text/find-text";
import { exactly, withWildcards } from "../decide/text/pattern";
import { anyText, type View } from "../decide/text/text-test";
import { containers } from "../resources/contained";
import type { Resource } from "../resources/resource";
import { structuredText } from "../resources/structured";
import { partsOf } from "../resources/unknown";
import { accountOf } from "../resources/account";

/** A text that means some of the accounts that a template may be deployed in, and not others. */
export interface AccountsToldApart {
  /** What holds the template. */
  readonly container: Resource;
  readonly text: string;
  /** Where it stands. */
  readonly by: Resource;
}

/** Of each template whose account does not show, the first such text. */
export function accountsToldApart(
  resources: readonly Resource[],
): readonly AccountsToldApart[] {
  const made = new Map(
    resources.flatMap((one) =>
      one.within?.isAccountMade === true
        ? [[one.within.container, accountOf(one) ?? ""] as const]
        : [],
    ),
  );
  if (made.size === 0) return [];
  const accounts = [...new Set(made.values())];
  const silent = new Set<string>();
  for (const by of resources) {
    if (containers.has(by.type)) continue;
    const named = by.within?.isAccountMade === true ? [] : accounts;
    const found = textsIn(by.inputs).find((one) => {
      const asked = JSON.stringify([one, named.length]);
      if (silent.has(asked)) return false;
      const isApart = tellsApart(one, named);
      if (!isApart) silent.add(asked);
      return isApart;
    });
    if (found !== undefined) {
      return [...made.keys()].map((container) => ({
        container,
        text: found.text,
        by,
      }));
    }
  }
  return [];
}

/** A text of a document, with the condition's operator and key that it stands under. */
interface Placed {
  readonly text: string;
  readonly operator: string;
  readonly key: string;
}

function textsIn(value: unknown, key = "", operator = ""): readonly Placed[] {
  if (typeof value !== "string") {
    return partsOf(value).flatMap(([step, inside]) =>
      typeof step === "number"
        ? textsIn(inside, key, operator)
        : textsIn(inside, step, key),
    );
  }
  const inside = structuredText(value);
  return inside === undefined
    ? [{ text: value, operator, key }]
    : textsIn(inside);
}

/** @param named accounts of ours that a text outside of their templates may name */
function tellsApart(
  { text, operator, key }: Placed,
  named: readonly string[],
): boolean {
  if (named.some((one) => text.includes(one))) return true;
  if (/account$|:sourceowner$/i.test(key) && operator !== "") {
    return (
      /(^|:)(numeric|date)/i.test(operator) ||
      (/(^|:)string(not)?like/i.test(operator) &&
        isTold(text, { before: [], after: [] }))
    );
  }
  if (!/^(arn:|[^:]*\*)/.test(text) || !/[*?]/.test(text)) return false;
  const fields = text.split(":");
  // Where wildcards can't reach into the account from before, its own field tells.
  const [own = "", ...others] = fields.slice(4);
  const isApart = others.length > 0 && !/[*?]/.test(fields.slice(0, 4).join());
  if (!/[\d?]/.test(isApart ? own : fields.slice(0, 5).join())) return false;
  return isApart
    ? /[*?]/.test(own) && isTold(own, { before: [], after: [] })
    : isTold(text, {
        before: ["arn:", 0, ":", 1, ":", 2, ":"],
        after: [":", 5],
      });
}

/** Whether it matches one account and not another, neither of which it names, and all else the same. */
function isTold(
  text: string,
  { before, after }: { readonly before: View; readonly after: View },
): boolean {
  const whole = [withWildcards(text)];
  const names = (text.match(/(?<!\d)\d{12}(?!\d)/g) ?? []).map(exactly);
  const tests = [3, 4].flatMap((account) => [
    {
      view: [...before, account, ...after],
      matched: account === 3,
      patterns: whole,
    },
    ...(names.length === 0
      ? []
      : [{ view: [account], matched: false, patterns: names }]),
  ]);
  return unlessTooLong(
    () => findTexts(segments, tests, [], new Effort()) !== undefined,
    true,
  );
}

const field = {
  chars: "abcdefghijklmnopqrstuvwxyz0123456789-",
  least: 0,
  most: 32,
};
const segments = [field, field, field, accountId, accountId, anyText];
