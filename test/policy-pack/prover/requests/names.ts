import { text, type Text } from "../smt/formula";
import {
  anything,
  concat,
  digit,
  exactly,
  oneOf,
  optional,
  plus,
  range,
  star,
  times,
  union,
  type Regex,
} from "../smt/regex";

/** Source: AWS documentation, "IAM and AWS STS quotas", requirements of names. */
const nameChar = union([
  range("a", "z"),
  range("A", "Z"),
  range("0", "9"),
  oneOf("+=,.@_-"),
]);

export const name: Regex = plus(nameChar);

/** Names of sessions and source identities: two characters at least. */
export const sessionName: Regex = concat([nameChar, nameChar, star(nameChar)]);

/** Source: IAM API reference, `Path`: any visible characters between slashes. */
export const path: Regex = optional(
  concat([plus(range("!", "~")), exactly("/")]),
);

export const account: Regex = times(12, digit);

/** Source: AWS documentation, "IAM identifiers", unique identifiers. */
const uniqueId = plus(union([range("A", "Z"), range("0", "9")]));
export const userId: Regex = concat([exactly("AIDA"), uniqueId]);
export const roleId: Regex = concat([exactly("AROA"), uniqueId]);

/** Source: STS API reference, `AssumeRole`, `ExternalId`. */
export const externalId: Regex = concat(
  [0, 1]
    .map(() => union([nameChar, oneOf(":/")]))
    .concat(star(union([nameChar, oneOf(":/")]))),
);

export const region: Regex = plus(
  union([range("a", "z"), range("0", "9"), exactly("-")]),
);

export const organisation: Regex = concat([
  exactly("o-"),
  plus(union([range("a", "z"), range("0", "9")])),
]);

export const organisationPath: Regex = concat([
  organisation,
  exactly("/"),
  plus(
    concat([
      plus(union([range("a", "z"), range("0", "9"), exactly("-")])),
      exactly("/"),
    ]),
  ),
]);

/** The part of a text between what stands before and after it. */
export const part = (
  whole: string,
  before: readonly Regex[],
  itself: Regex,
  after: readonly Regex[] = [],
): Text => ({
  ...text(whole),
  before: concat(before),
  itself,
  after: concat(after),
});

/** ARNs of IAM and STS show the account at the same place. */
export const accountIn = (arn: string): Text =>
  part(arn, [union(["arn:aws:iam::", "arn:aws:sts::"].map(exactly))], account, [
    exactly(":"),
    anything,
  ]);
