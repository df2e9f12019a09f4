import { join } from "node:path";
import { resourceRequest, stackRequest } from "./analysis-requests";
import { awsGuardPack, emptyPack } from "./folders";
import { PackProcess, type Config } from "./pack-process";
import { ownPack } from "./previews";
import { manyResources } from "./thousand-resources";
import { inRounds } from "./rounds";

/** Resources in the stacks that the packs are asked about. */
export const resourceCounts = [1_000, 5_000] as const;
export type ResourceCount = (typeof resourceCounts)[number];

export interface PackMeasurement {
  /** From the start of the process until it has told its policies. */
  readonly loadSeconds: number;
  /** The questions about each resource, and the one about the stack. */
  readonly analysisSeconds: number;
  /** What the pack's own process computed meanwhile: the protocol and the rules. */
  readonly analysisCpuSeconds: number;
  /**
   * The same with its start: a pack computes what it has not loaded before once it is asked, so that
   * neither alone says what it adds to a preview.
   */
  readonly cpuSeconds: number;
  readonly findings: number;
}

export type PackMeasurements = ReadonlyMap<string, readonly PackMeasurement[]>;

export const packs = {
  own: "bastion-account",
  awsGuard: "@pulumi/awsguard",
  empty: "a pack without rules",
} as const;

/** What a platform team tells its pack: whose the accounts and the tokens are that the stack trusts. */
const organisation: Config = {
  bastionAccountId: "111111111111",
  accounts: ["222222222222"],
  identityProviders: [
    { issuer: "token.actions.githubusercontent.com", tenants: ["acme"] },
  ],
};

interface Measured {
  readonly name: string;
  readonly pack: string;
  readonly config?: Config;
}

/** @param folder where packs may be written, inside the checkout */
export function measurePacks(
  folder: string,
  count: ResourceCount,
): Promise<PackMeasurements> {
  const measured: readonly Measured[] = [
    { name: packs.own, pack: ownPack, config: organisation },
    { name: packs.awsGuard, pack: awsGuardPack(join(folder, "awsguard")) },
    { name: packs.empty, pack: emptyPack(join(folder, "empty")) },
  ];
  return inRounds(measured, (one) => measurePack(one, count));
}

/** Asks a pack as the engine does: about one resource after the other, and about all at the end. */
async function measurePack(
  { pack: folder, config }: Measured,
  count: ResourceCount,
): Promise<PackMeasurement> {
  const resources = manyResources(count);
  const single = resources.map(resourceRequest);
  const whole = stackRequest(resources);
  const began = performance.now();
  const pack = await PackProcess.start(folder);
  const loaded = performance.now();
  if (config !== undefined) await pack.configure(config);
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
    const cpuSeconds = await pack.cpuSeconds();
    return {
      loadSeconds: (loaded - began) / 1_000,
      analysisSeconds: (ended - loaded) / 1_000,
      analysisCpuSeconds: cpuSeconds - cpuOfLoad,
      cpuSeconds,
      findings,
    };
  } finally {
    await pack.stop();
  }
}
