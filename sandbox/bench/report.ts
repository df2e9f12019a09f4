import Table from "cli-table3";
import type { Measurement } from "./measure";
import { packs, resourceCount, type PackMeasurement } from "./packs";
import type { PreviewWays } from "./previews";
import { median } from "./rounds";

export function previewReport(
  ways: PreviewWays,
  results: ReadonlyMap<string, readonly Measurement[]>,
): string {
  const figure = (name: string, key: keyof Measurement): number =>
    median((results.get(name) ?? []).map((one) => one[key]));
  const seconds = (name: string): number => figure(name, "seconds");
  const plain = seconds(ways.plain.name);
  const floor = seconds(ways.floor.name);
  const table = newTable("a preview of the bastion", [
    "seconds",
    "of the plain way",
    "of the floor",
    "MB, largest process",
  ]);
  for (const { name } of Object.values(ways) as readonly { name: string }[]) {
    table.push([
      name,
      seconds(name).toFixed(1),
      (seconds(name) / plain).toFixed(2),
      (seconds(name) / floor).toFixed(2),
      figure(name, "megabytes").toFixed(0),
    ]);
  }
  const committed = seconds(ways.committed.name);
  return [
    table.toString(),
    target("at most 0.3 of the plain way", committed / plain, 0.3),
    target("at most twice the floor", committed / floor, 2),
  ].join("\n");
}

export function packReport(
  results: ReadonlyMap<string, readonly PackMeasurement[]>,
): string {
  const figure = (name: string, key: keyof PackMeasurement): number =>
    median((results.get(name) ?? []).map((one) => one[key]));
  const total = (name: string): number =>
    figure(name, "loadSeconds") + figure(name, "analysisSeconds");
  const perResource = (
    name: string,
    key: "analysisSeconds" | "analysisCpuSeconds",
  ): number => (figure(name, key) * 1_000) / resourceCount;
  const table = newTable(`a stack of ${resourceCount} resources`, [
    "load, s",
    "analysis, s",
    "both, s",
    "ms a resource",
    "ms of CPU a resource",
    "findings",
  ]);
  for (const name of Object.values(packs)) {
    table.push([
      name,
      figure(name, "loadSeconds").toFixed(2),
      figure(name, "analysisSeconds").toFixed(2),
      total(name).toFixed(2),
      perResource(name, "analysisSeconds").toFixed(2),
      perResource(name, "analysisCpuSeconds").toFixed(2),
      figure(name, "findings").toFixed(0),
    ]);
  }
  const cpu = (name: string) => perResource(name, "analysisCpuSeconds");
  return [
    table.toString(),
    target(
      "load and analysis below awsguard's",
      total(packs.own) / total(packs.awsGuard),
      1,
    ),
    target(
      "under 1 ms a resource, with the protocol and our questions",
      perResource(packs.own, "analysisSeconds"),
      1,
    ),
    target(
      "under 1 ms a resource beyond a pack without rules",
      perResource(packs.own, "analysisSeconds") -
        perResource(packs.empty, "analysisSeconds"),
      1,
    ),
    target(
      "under 1 ms of CPU a resource beyond a pack without rules",
      cpu(packs.own) - cpu(packs.empty),
      1,
    ),
  ].join("\n");
}

const newTable = (subject: string, figures: readonly string[]): Table.Table =>
  new Table({
    head: [subject, ...figures],
    style: { head: [], border: [] },
    colAligns: ["left", ...figures.map(() => "right" as const)],
  });

const target = (text: string, seen: number, most: number): string =>
  `${seen <= most ? "met   " : "missed"}  ${text}: ${seen.toFixed(2)}`;
