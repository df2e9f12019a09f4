import { join } from "node:path";
import { resourceRequest, stackRequest } from "./analysis-requests";
import { awsGuardPack, emptyPack } from "./folders";
import { PackProcess } from "./pack-process";
import { ownPack } from "./previews";
import { manyResources } from "./thousand-resources";
import { inRounds } from "./rounds";

/** Resources in the stack that the packs are asked about. */
export const resourceCount = 1_000;

export interface PackMeasurement {
  /** From the start of the process until it has told its policies. */
  readonly loadSeconds: number;
  /** The questions about each resource, and the one about the stack. */
  readonly analysisSeconds: number;
  /** What the pack's own process computed meanwhile: the protocol and the rules. */
  readonly analysisCpuSeconds: number;
  readonly findings: number;
}

export const packs = {
  own: "bastion-account",
  awsGuard: "@pulumi/awsguard",
  empty: "a pack without rules",
} as const;

/** @param folder where packs may be written, inside the checkout */
export const measurePacks = (
  folder: string,
): Promise<ReadonlyMap<string, readonly PackMeasurement[]>> =>
  inRounds(
    [
      { name: packs.own, pack: ownPack },
      { name: packs.awsGuard, pack: awsGuardPack(join(folder, "awsguard")) },
      { name: packs.empty, pack: emptyPack(join(folder, "empty")) },
    ],
    ({ pack }) => measurePack(pack),
  );

/** Asks a pack as the engine does: about one resource after the other, and about all at the end. */
async function measurePack(folder: string): Promise<PackMeasurement> {
  const resources = manyResources(resourceCount);
  const single = resources.map(resourceRequest);
  const whole = stackRequest(resources);
  const began = performance.now();
  const pack = await PackProcess.start(folder);
  const loaded = performance.now();
  const cpuOfLoad = await pack.cpuSeconds();
  try {
    let findings = 0;
    for (const request of single) {
      await pack.remediate(request);
      const answer = await pack.analyze(request);
      findings += answer.getDiagnosticsList().length;
    }
    const answer = await pack.analyzeStack(whole);
    findings += answer.getDiagnosticsList().length;
    const ended = performance.now();
    return {
      loadSeconds: (loaded - began) / 1_000,
      analysisSeconds: (ended - loaded) / 1_000,
      analysisCpuSeconds: (await pack.cpuSeconds()) - cpuOfLoad,
      findings,
    };
  } finally {
    await pack.stop();
  }
}
