import type { Measurement } from "../measure";
import { median } from "../rounds";
import { tableOf, target } from "../table";
import { growthExponent } from "./growth";
import type { ByCount } from "./runs";

/** A stack an account is to take as long, and as much memory, whatever the number of accounts. */
export function accountsReport(results: ByCount): string {
  const between = (key: keyof Measurement) =>
    medianOf(results, 1_000, key) / medianOf(results, 10, key);
  return [
    table("one account of", results),
    growth("seconds", results),
    target("seconds a stack: 1,000 accounts to 10", between("seconds"), 1.2),
    target("memory a stack: 1,000 accounts to 10", between("megabytes"), 1.2),
  ].join("\n");
}

/** The bastion's preview is to grow with the number of users at most. */
export function usersReport(results: ByCount): string {
  const seconds = pointsOf(results, "seconds");
  return [
    table("the bastion's preview, users", results),
    growth("seconds", results),
    target("exponent of the seconds", growthExponent(seconds), 1.1),
  ].join("\n");
}

const table = (subject: string, results: ByCount): string => {
  const of = (key: keyof Measurement) => (name: string) =>
    medianOf(results, Number(name), key);
  return tableOf(subject, [...results.keys()].map(String), [
    ["runs", (name) => results.get(Number(name))?.length ?? 0, 0],
    ["seconds", of("seconds"), 1],
    ["MB, largest process", of("megabytes"), 0],
  ]);
};

const growth = (key: keyof Measurement, results: ByCount): string =>
  `grows as the number to the power of ${growthExponent(pointsOf(results, key)).toFixed(2)} (${key})`;

const pointsOf = (results: ByCount, key: keyof Measurement) =>
  [...results.keys()].map(
    (count) => [count, medianOf(results, count, key)] as const,
  );

const medianOf = (
  results: ByCount,
  count: number,
  key: keyof Measurement,
): number => median((results.get(count) ?? []).map((one) => one[key]));
