import { setTimeout as after } from "node:timers/promises";
import type { ExportedResource, ExportedStack } from "../stacks/exported-stack";
import type { Examined } from "./examine";

/** In milliseconds. */
export interface Patience {
  /** In which AWS may not know yet what was made. */
  readonly delay: number;
  /** Between two questions. */
  readonly pause: number;
}

/**
 * AWS mostly takes some seconds to tell everywhere what it was told. Source: IAM User Guide, "Changes that
 * I make are not always immediately visible".
 */
export const usualPatience: Patience = { delay: 30_000, pause: 2_000 };

/** When the engine last wrote the state down; where it does not say so: now. */
export function writtenAt({ deployment }: ExportedStack): number {
  const time = Date.parse(deployment?.manifest?.time ?? "");
  return Number.isNaN(time) ? Date.now() : Math.min(time, Date.now());
}

const isUnseen = ({ made }: Examined): boolean => made.answer === "never was";

/**
 * Asks again for what AWS does not know, as long as it may have been made a moment ago: what was cleared
 * too early would be made twice.
 *
 * @param examine asks what became of creations; first of all of them
 * @param until milliseconds since the epoch
 */
export async function untilSeen(
  created: readonly ExportedResource[],
  examine: (some: readonly ExportedResource[]) => Promise<readonly Examined[]>,
  { until, pause }: { readonly until: number; readonly pause: number },
): Promise<readonly Examined[]> {
  let examined = await examine(created);
  while (examined.some(isUnseen) && Date.now() < until) {
    await after(Math.min(pause, until - Date.now()));
    const unseen = examined.filter(isUnseen).map(({ resource }) => resource);
    const again = await examine(unseen);
    const byUrn = new Map(again.map((one) => [one.resource.urn, one]));
    examined = examined.map((one) => byUrn.get(one.resource.urn) ?? one);
  }
  return examined;
}
