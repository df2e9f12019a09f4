import { Effort, unlessTooLong } from "../decide/effort";
import { findTexts } from "../decide/text/find-text";
import { withWildcards } from "../decide/text/pattern";
import type { Segment, View } from "../decide/text/text-test";
import { containers } from "../resources/contained";
import { madeLetters, madeParts } from "../resources/contained/made";
import { knownText, type Resource } from "../resources/resource";
import { structuredText } from "../resources/structured";
import { partsOf } from "../resources/unknown";

/** A text that means some of the names that CloudFormation may make, and not others. */
export interface ToldApart {
  readonly made: Resource;
  readonly text: string;
  /** Where it stands. */
  readonly by: Resource;
}

/** Of each resource of IAM's in a template that has no name of its own, the first such text. */
export function namesToldApart(
  resources: readonly Resource[],
): readonly ToldApart[] {
  const made = resources.flatMap((one) => {
    const arn = one.within === undefined ? undefined : knownText(one, "arn");
    return arn?.endsWith(madeLetters) ? [{ one, view: viewOf(arn) }] : [];
  });
  if (made.length === 0) return [];
  const texts = resources
    .filter(({ type }) => !containers.has(type))
    .flatMap((by) =>
      [...new Set(textsIn(by.inputs))].map((text) => ({ by, text })),
    );
  return made.flatMap(({ one, view }) => {
    const found = texts.find(
      ({ by, text }) =>
        // The name itself, as a template refers to it.
        !(by.within !== undefined && text.includes(madeLetters)) &&
        tellsApart(text, view),
    );
    return found === undefined ? [] : [{ made: one, ...found }];
  });
}

/** Also those in a document that is a text. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value !== "string") {
    return partsOf(value).flatMap(([, inside]) => textsIn(inside));
  }
  const inside = structuredText(value);
  if (inside !== undefined) return textsIn(inside);
  return value.startsWith("arn:") || /[*?]/.test(value) ? [value] : [];
}

/** Source: AWS CloudFormation user guide, "Name type": such as `stack-Role-1CNZ6CJP1XQK1`. */
const letters: Segment = {
  chars: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789",
  least: 12,
  most: 13,
};
/** Of a stack of a stack set: a UUID. */
const id: Segment = { chars: "0123456789abcdef-", least: 36, most: 36 };

interface MadeView {
  readonly segments: readonly Segment[];
  readonly view: View;
}

function viewOf(arn: string): MadeView {
  const segments: Segment[] = [];
  const view = madeParts(arn).map((part) =>
    typeof part === "string"
      ? part
      : segments.push(part.isId ? id : letters) - 1,
  );
  return { segments, view };
}

function tellsApart(text: string, { segments, view }: MadeView): boolean {
  const patterns = [withWildcards(text)];
  const effort = new Effort();
  const some = (matched: boolean) =>
    findTexts(segments, [{ view, matched, patterns }], [], effort);
  return unlessTooLong(
    () => some(true) !== undefined && some(false) !== undefined,
    true,
  );
}
