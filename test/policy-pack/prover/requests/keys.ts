import type { Key } from "../documents/key";
import {
  always,
  and,
  atMost,
  flag,
  never,
  not,
  or,
  text,
  type Formula,
} from "../smt/formula";
import { exactly, numbersUpTo, union, type Regex } from "../smt/regex";
import * as names from "./names";

/** Keys with what is certain of them. */
export interface Keys {
  readonly byName: ReadonlyMap<string, Key>;
  readonly domains: ReadonlyMap<string, Regex>;
  readonly facts: Formula;
}

export const truth: Regex = union(["true", "false"].map(exactly));

/** An unknown of its own for each key. */
export const unknownOf = (key: string): string =>
  `key_${key.replace(/[^a-z0-9]/g, (char) => `_${char.charCodeAt(0)}_`)}`;

/** Builds up the keys of a kind of request. */
export class KeyBook {
  private readonly byName = new Map<string, Key>();
  private readonly domains = new Map<string, Regex>();
  private readonly facts: Formula[] = [];

  missing(...keys: readonly string[]): this {
    for (const key of keys) {
      this.byName.set(key, { isPresent: never, values: [] });
    }
    return this;
  }

  /** A text of its own. */
  text(key: string, domain: Regex, isPresent: Formula = always): this {
    const unknown = unknownOf(key);
    this.domains.set(unknown, domain);
    return this.is(key, {
      isPresent,
      values: [{ kind: "text", text: text(unknown) }],
    });
  }

  constant(key: string, value: string): this {
    this.text(key, exactly(value));
    const known = this.byName.get(key);
    return known === undefined
      ? this
      : this.is(key, { ...known, constant: value });
  }

  /** Missing or present, and then a text of its own. */
  optional(key: string, domain: Regex): this {
    return this.text(key, domain, flag(`${unknownOf(key)}_present`));
  }

  is(key: string, known: Key): this {
    this.byName.set(key, known);
    return this;
  }

  domain(unknown: string, domain: Regex): this {
    this.domains.set(unknown, domain);
    return this;
  }

  certain(...facts: readonly Formula[]): this {
    this.facts.push(...facts);
    return this;
  }

  get keys(): Keys {
    return {
      byName: this.byName,
      domains: this.domains,
      facts: and(...this.facts),
    };
  }
}

/**
 * Keys that say how a request was made, whoever makes it. Source: AWS documentation, "AWS global
 * condition context keys", the availability of each.
 */
export function requestKeys(book: KeyBook, ownAccount: string): KeyBook {
  const now = { kind: "time", number: "now" } as const;
  const isV6 = flag("address_is_v6");
  return book
    .text("aws:securetransport", truth)
    .is("aws:currenttime", { isPresent: always, values: [now] })
    .is("aws:epochtime", { isPresent: always, values: [now] })
    .text("aws:requestedregion", names.region)
    .constant("aws:resourceaccount", ownAccount)
    .is("aws:sourceip", {
      isPresent: flag("address_present"),
      values: [{ kind: "address", number: "address", isV6 }],
    })
    .certain(
      not(atMost("address", -1n)),
      or(
        and(isV6, atMost("address", (1n << 128n) - 1n)),
        atMost("address", (1n << 32n) - 1n),
      ),
    );
}

/** Keys of services that come in their own name: a person's requests have none of them. */
export const ofServices = [
  "aws:principalservicename",
  "aws:principalservicenameslist",
  "aws:sourcearn",
  "aws:sourceaccount",
  "aws:sourceorgid",
  "aws:sourceorgpaths",
];

const mfaPresent = "aws:multifactorauthpresent";
const mfaAge = "aws:multifactorauthage";

/** Seconds: the longest that a session of GetSessionToken lasts. */
const oldest = 129_600n;

/** How a request was signed in, as far as MFA shows. */
export type Session = "long-term key" | "without MFA" | "with MFA";

/**
 * Source: AWS documentation, "AWS global condition context keys": long-term keys carry neither key,
 * sessions without MFA carry `false`, and the age stands beside `true` alone.
 *
 * @param sessions that the caller may have
 */
export function mfaKeys(
  book: KeyBook,
  sessions: readonly Session[],
  olderThan = -1n,
): KeyBook {
  const hasKey = flag("mfa_key_present");
  const isTrue = flag("mfa_is_true");
  const issued = flag("token_issue_time_present");
  const states: Readonly<Record<Session, Formula>> = {
    "long-term key": and(not(hasKey), not(isTrue), not(issued)),
    "without MFA": and(hasKey, not(isTrue), issued),
    "with MFA": and(hasKey, isTrue, issued),
  };
  return book
    .text(mfaPresent, truth, hasKey)
    .is(mfaAge, {
      isPresent: isTrue,
      values: [
        { kind: "number", text: text(unknownOf(mfaAge)), width: undefined },
      ],
    })
    .domain(
      unknownOf(mfaAge),
      `(re.diff ${numbersUpTo(oldest, undefined)} ${numbersUpTo(olderThan, undefined)})`,
    )
    .is("aws:tokenissuetime", {
      isPresent: issued,
      values: [{ kind: "time", number: "token_issued" }],
    })
    .certain(or(...sessions.map((one) => states[one])))
    .certain(saysWhether(isTrue));
}

const saysWhether = (isTrue: Formula): Formula => {
  const says = (value: string): Formula => ({
    kind: "member",
    text: unknownOf(mfaPresent),
    regex: exactly(value),
  });
  return or(and(isTrue, says("true")), and(not(isTrue), says("false")));
};

/** Sessions of roles and federated users are temporary, and never have MFA. */
export function withoutMfaEver(book: KeyBook): KeyBook {
  return book
    .text(mfaPresent, exactly("false"), flag("mfa_key_present"))
    .missing(mfaAge)
    .is("aws:tokenissuetime", {
      isPresent: always,
      values: [{ kind: "time", number: "token_issued" }],
    });
}
