import { stackOf } from "../resources/resource";
import type { Exemption } from "./organisation";

/** What an exemption may be asked about: where a finding is. */
export interface FindingLocation {
  readonly rule: string;
  readonly name: string;
  readonly urn: string;
}

/** Whether the calendar has such a day: one that it does not have would never come. */
export const isDay = (text: string): boolean => {
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && today(new Date(time)) === text;
};

/** @param today as YYYY-MM-DD; the last day of an exemption still counts */
export const isExpired = (
  { until }: Pick<Exemption, "until">,
  today: string,
): boolean => until < today;

/** Whether a finding there is accepted today. */
export const isExempt = (
  exemptions: readonly Exemption[],
  { rule, name, urn }: FindingLocation,
  today: string,
): boolean =>
  exemptions.some(
    (one) =>
      isDay(one.until) &&
      !isExpired(one, today) &&
      (one.rule === undefined || one.rule === rule) &&
      isOf(one, name, urn),
  );

/** A name alone would exempt whatever any team calls so, in any stack. */
const isOf = (one: Exemption, name: string, urn: string): boolean =>
  isUrn(one.resource)
    ? one.resource === urn
    : one.stack === stackOf(urn) && one.resource === name;

/** Whether it says which stack the resource is in. */
export const namesStack = ({ stack, resource }: Exemption): boolean =>
  isUrn(resource) ? urn.test(resource) : stack !== undefined;

/** The stack of its URN, where it gives another as well; the URN holds. */
export const otherStackOf = ({
  stack,
  resource,
}: Exemption): string | undefined =>
  stack !== undefined && urn.test(resource) && stackOf(resource) !== stack
    ? stackOf(resource)
    : undefined;

const isUrn = (resource: string): boolean => resource.startsWith("urn:");

const urn = /^urn:pulumi:[^:]+::[^:]+::.+::./s;

export const today = (now = new Date()): string =>
  now.toISOString().slice(0, "2026-01-01".length);
