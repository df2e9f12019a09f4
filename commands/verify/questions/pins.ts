import type { CallerCase } from "../../../policy-pack/decide/callers";
import {
  literal,
  isMissing,
  not,
  resourceKey,
  variablesOf,
  type Literal,
} from "../../../policy-pack/decide/literal";
import { Effort, unlessTooLong } from "../../../policy-pack/decide/effort";
import { Facts, Keys } from "../../../policy-pack/decide/facts";
import {
  templateText,
  type Known,
  type Lookup,
} from "../../../policy-pack/decide/text/template";
import { toAssume } from "../../../policy-pack/decide/trust";
import { accountIn } from "../../accounts/arn";
import type { LiveRole, LiveUser } from "../../accounts/live-account";

/** What all requests of one user, or for one role, have in common, and those of another have not. */
export interface Pins {
  /** Whether the key has one value in all of them, or is missing from all. */
  readonly isPinned: (key: string) => boolean;
  /** undefined: missing from the request. */
  readonly valueOf: (key: string) => string | undefined;
}

export const noPins: Pins = {
  isPinned: () => false,
  valueOf: () => undefined,
};

const pins = (
  values: ReadonlyMap<string, string>,
  tagPrefix: string,
  tags: Readonly<Record<string, string>>,
): Pins => {
  const byKey = new Map([
    ...values,
    // Keys of tags are case-insensitive, as all keys are.
    ...Object.entries(tags).map(
      ([key, value]) => [tagPrefix + key.toLowerCase(), value] as const,
    ),
  ]);
  return {
    isPinned: (key) => byKey.has(key) || key.startsWith(tagPrefix),
    valueOf: (key) => byKey.get(key),
  };
};

const keysOfUsers = new Set(["aws:principalarn", "aws:username", "aws:userid"]);

/** A key that the requests of the user leave open, as an id that is not known, is not pinned. */
export const pinsOfUser = ({ given }: CallerCase, { tags }: LiveUser): Pins =>
  pins(
    new Map(
      given
        .filter(({ condition }) => keysOfUsers.has(condition.key))
        .flatMap(({ condition: { key, values } }) =>
          values.map((value) => [key, templateText(value)] as const),
        ),
    ),
    "aws:principaltag/",
    tags,
  );

const resourceTag = "aws:resourcetag/";
const resourceAccount = "aws:resourceaccount";

export const isKeyOfRoles = (key: string): boolean =>
  key === resourceKey || key === resourceAccount || key.startsWith(resourceTag);

export const pinsOfRole = (role: LiveRole): Pins =>
  pins(
    new Map([
      [resourceKey, role.arn],
      [resourceAccount, accountIn(role.arn)],
    ]),
    resourceTag,
    role.tags,
  );

export const lookupIn =
  (...all: readonly Pins[]): Lookup =>
  (key): Known => {
    const pinned = all.find(({ isPinned }) => isPinned(key));
    if (pinned === undefined) return { kind: "open" };
    const text = pinned.valueOf(key);
    return text === undefined ? { kind: "unusable" } : { kind: "value", text };
  };

export type Truth = "always" | "never" | "open";

/** Whether the literal comes true in requests with what is pinned, by the search's own means. */
export const truthOf = (one: Literal, ...all: readonly Pins[]): Truth =>
  unlessTooLong(() => {
    const keys = new Keys(lookupIn(...all), [], new Effort());
    const facts = Facts.of(givenOf(one.condition.key, all), keys);
    if (facts?.could(one) !== true) return "never";
    return facts.could(not(one)) ? "open" : "always";
  }, "open");

function givenOf(key: string, all: readonly Pins[]): readonly Literal[] {
  const pinned = all.find(({ isPinned }) => isPinned(key));
  if (pinned === undefined) {
    return toAssume.filter(({ condition }) => condition.key === key);
  }
  const value = pinned.valueOf(key);
  return [
    value === undefined ? isMissing(key) : literal("StringEquals", key, value),
  ];
}

/** The key of the literal, and those that its variables stand for. */
export const keysOf = (one: Literal): readonly string[] => [
  one.condition.key,
  ...variablesOf(one),
];
