import type { Pattern } from "./pattern";

/** What a text must be: matched by some of the patterns, or by none of them. */
export interface TextTest {
  readonly patterns: readonly Pattern[];
  readonly matched: boolean;
}

/** A run of characters that is looked for: which ones it may hold, and how many. */
export interface Segment {
  /** undefined: any character. */
  readonly chars: string | undefined;
  readonly least: number;
  readonly most: number;
}

export const anyText: Segment = { chars: undefined, least: 0, most: Infinity };

/** A text put together of fixed text and of segments, each by its place and in their order. */
export type View = readonly (string | number)[];

export interface ViewedTest extends TextTest {
  readonly view: View;
}

export const textOf = (view: View, texts: readonly string[]): string =>
  view
    .map((part) => (typeof part === "string" ? part : (texts[part] ?? "")))
    .join("");

export const isSameView = (one: View, other: View): boolean =>
  one === other ||
  (one.length === other.length &&
    one.every((part, index) => part === other[index]));

export const isIn = ({ chars, least, most }: Segment, text: string): boolean =>
  text.length >= least &&
  text.length <= most &&
  (chars === undefined || Array.from(text).every((one) => chars.includes(one)));
