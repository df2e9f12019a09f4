import type { Measurement } from "./measure";
import { packs, type PackMeasurements, type ResourceCount } from "./packs";
import type { PreviewWays } from "./previews";
import { median } from "./rounds";
import { tableOf, target, type Figure } from "./table";

export function previewReport(
  ways: PreviewWays,
  results: ReadonlyMap<string, readonly Measurement[]>,
): string {
  const figures = mediansOf(results);
  const seconds = figures("seconds");
  const [committed, plain, floor] = [ways.committed, ways.plain, ways.floor];
  const ofPlain = (name: string) => seconds(name) / seconds(plain.name);
  const ofFloor = (name: string) => seconds(name) / seconds(floor.name);
  return [
    tableOf(
      "a preview of the bastion",
      (Object.values(ways) as readonly { name: string }[]).map(
        ({ name }) => name,
      ),
      [
        ["seconds", seconds, 1],
        ["of the plain way", ofPlain, 2],
        ["of the floor", ofFloor, 2],
        ["MB, largest process", figures("megabytes"), 0],
      ],
    ),
    target("at most 0.3 of the plain way", ofPlain(committed.name), 0.3),
    target("at most twice the floor", ofFloor(committed.name), 2),
  ].join("\n");
}

export function packReport(
  count: ResourceCount,
  results: PackMeasurements,
): string {
  const figures = mediansOf(results);
  const load = figures("loadSeconds");
  const analysis = figures("analysisSeconds");
  const analysisCpu = figures("analysisCpuSeconds");
  const both = (name: string) => load(name) + analysis(name);
  const aResource = (name: string) => (analysis(name) * 1_000) / count;
  const cpu = (name: string) => (analysisCpu(name) * 1_000) / count;
  const ofEmpty = (name: string) =>
    analysisCpu(name) / analysisCpu(packs.empty);
  const allCpu = figures("cpuSeconds");
  const beyondEmpty = (figure: Figure) =>
    figure(packs.own) - figure(packs.empty);
  return [
    tableOf(`a stack of ${count} resources`, Object.values(packs), [
      ["load, s", load, 2],
      ["analysis, s", analysis, 2],
      ["both, s", both, 2],
      ["ms a resource", aResource, 2],
      ["ms of CPU a resource", cpu, 2],
      ["of the CPU without rules", ofEmpty, 2],
      ["CPU with its load, s", allCpu, 2],
      ["findings", figures("findings"), 0],
    ]),
    target(
      "load and analysis below awsguard's",
      both(packs.own) / both(packs.awsGuard),
      1,
    ),
    target(
      "at most 0.3 ms a resource beyond a pack without rules",
      beyondEmpty(aResource),
      0.3,
    ),
    target(
      "at most 1 s of CPU beyond a pack without rules, load and analysis",
      beyondEmpty(allCpu),
      1,
    ),
  ].join("\n");
}

const mediansOf =
  <R>(results: ReadonlyMap<string, readonly R[]>) =>
  (key: { [K in keyof R]: R[K] extends number ? K : never }[keyof R]): Figure =>
  (name) =>
    median((results.get(name) ?? []).map((one) => one[key] as number));
