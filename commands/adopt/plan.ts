import type { Caller } from "./last-administrator";
import { Planner } from "./planner";
import type { Deployed } from "./proof";
import { stages, type Step } from "./step";

/** Every removal, each with what is still missing for it. */
export function planRemovals(
  deployed: Deployed,
  caller: Caller,
): readonly Step[] {
  const planner = new Planner(deployed, caller);
  const steps = planner.removals.map((removal) => planner.step(removal));
  return stages.flatMap((stage) =>
    steps.filter((step) => step.stage === stage),
  );
}
