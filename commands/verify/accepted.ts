import {
  isExpired,
  today as dayOf,
} from "../../policy-pack/organisation/exemptions";
import type { Exemption } from "../../policy-pack/organisation/organisation";
import { accountIn } from "../accounts/arn";
import type { LiveOrganisation } from "../accounts/organisation";
import { finding, type AccountFinding } from "./findings";

/** An exemption of the policy pack, of what an ARN names in an account. */
export type AcceptedUntil = Pick<Exemption, "resource" | "reason" | "until"> & {
  /** A kind of finding; undefined: every kind. */
  readonly rule?: string | undefined;
};

/** A finding that does not count, and why. */
export interface AcceptedFinding extends AccountFinding {
  readonly reason: string;
  /** The last day that it is accepted, as YYYY-MM-DD. */
  readonly until: string;
}

/** What is left to be said, with what is wrong with the exemptions; and what is accepted. */
export function accept(
  found: readonly AccountFinding[],
  exemptions: readonly AcceptedUntil[],
  organisation: Pick<LiveOrganisation, "accounts" | "unread">,
  now: Date,
): {
  readonly findings: readonly AccountFinding[];
  readonly accepted: readonly AcceptedFinding[];
} {
  const today = dayOf(now);
  const expired = exemptions.filter((one) => isExpired(one, today));
  const valid = exemptions.filter((one) => !isExpired(one, today));
  const accepted = found.flatMap((one): readonly AcceptedFinding[] => {
    const by = valid.find((exemption) => isAbout(exemption, one));
    return by === undefined
      ? []
      : [{ ...one, reason: by.reason, until: by.until }];
  });
  const unread = new Set(organisation.unread.map(({ id }) => id));
  const unused = valid.filter(
    (one) =>
      !unread.has(accountIn(one.resource)) &&
      !found.some((other) => isAbout(one, other)),
  );
  const said =
    (rule: "exemption-expired" | "exemption-unused", how: string) =>
    (one: AcceptedUntil) => {
      const id = accountIn(one.resource);
      const name =
        organisation.accounts.find((account) => account.id === id)?.name ?? id;
      const from = one.rule ?? "all findings";
      const message = `the exemption of ${one.resource} from ${from} ${how} (${one.reason}, until ${one.until})`;
      return finding(rule, { id, name }, one.resource, message);
    };
  return {
    findings: [
      ...found.filter((one) => !valid.some((other) => isAbout(other, one))),
      ...expired.map(said("exemption-expired", "has expired")),
      ...unused.map(said("exemption-unused", "matches nothing")),
    ],
    accepted,
  };
}

const isAbout = (
  { rule, resource }: AcceptedUntil,
  found: AccountFinding,
): boolean =>
  resource === found.subject && (rule === undefined || rule === found.rule);
