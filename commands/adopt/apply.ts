import type { LiveAccount, Progress } from "../accounts/live-account";
import { explained } from "../command-line/explained";
import type { Caller } from "./last-administrator";
import { planRemovals } from "./plan";
import { Planner } from "./planner";
import type { Deployed } from "./proof";
import { removalText, type Removal } from "./removal";
import type { Outcome } from "./remove";
import { canGo, stages, type Step } from "./step";
import { removalKey, targetOf } from "./target";

/** The accounts as they were read, by whom. */
export interface Reading {
  readonly deployed: Deployed;
  readonly caller: Caller;
}

/** What applying a plan asks of the accounts. */
export interface AccountsAtWork {
  read(): Promise<Reading>;
  /** The same once more; what a user signs in with, of these users alone. */
  readAgain(earlier: Reading, users: ReadonlySet<string>): Promise<Reading>;
  remove(bastion: LiveAccount, removal: Removal): Promise<Outcome>;
}

/** A plan that somebody has agreed to, and the account that it was made from. */
export interface AgreedPlan {
  readonly account: LiveAccount;
  readonly steps: readonly Step[];
}

export interface Applied {
  readonly removed: readonly Removal[];
  /** What somebody else has removed since the plan was made. */
  readonly gone: readonly Removal[];
  /** Why nothing more was removed; undefined: all was tried. */
  readonly stopped: string | undefined;
}

/**
 * Removes of the plan what waits for nothing, stage by stage. Before each single removal the accounts
 * are read again and its proof is made anew over what then stands there. What the plan did not have,
 * or what was changed or made anew since, is not removed. Nothing is remembered between runs: one that
 * was cut off is simply run again.
 */
export async function applyPlan(
  plan: AgreedPlan,
  accounts: AccountsAtWork,
  progress: Progress,
): Promise<Applied> {
  const removed: Removal[] = [];
  const gone: Removal[] = [];
  try {
    for (const stage of stages) {
      const atStage = await accounts.read();
      const ready = planRemovals(atStage.deployed, atStage.caller).filter(
        (step) => step.stage === stage && canGo(step),
      );
      for (const { removal, restsOn } of ready) {
        const now = await accounts.readAgain(atStage, restsOn);
        const state = stateOf(plan, now, removal, progress);
        const outcome =
          state === "ready"
            ? await tryRemoval(accounts, now, removal, progress)
            : state;
        if (outcome === "removed") removed.push(removal);
        if (outcome === "already gone") gone.push(removal);
      }
    }
  } catch (error) {
    return { removed, gone, stopped: explained(error) };
  }
  return { removed, gone, stopped: undefined };
}

/** `left`: it is there, and not removed. */
type Left = "left";

/** @throws Error when what is to be removed is not what the plan was about. */
function stateOf(
  { account, steps }: AgreedPlan,
  { deployed, caller }: Reading,
  removal: Removal,
  progress: Progress,
): "ready" | Exclude<Outcome, "removed"> | Left {
  const key = removalKey(removal);
  const planner = new Planner(deployed, caller);
  const found = planner.removals.find((one) => removalKey(one) === key);
  if (!steps.some((step) => removalKey(step.removal) === key)) return "left";
  if (found === undefined) return "already gone";
  const what = removalText(found);
  if (targetOf(deployed.bastion, found) !== targetOf(account, found)) {
    throw new Error(
      `${what} was changed since the plan was made. Fix: run this again, and read the new plan.`,
    );
  }
  const step = planner.step(found);
  if (canGo(step)) return "ready";
  progress(
    `not removed: ${what}. ${[...step.waitsFor, ...step.stays].join("; ")}`,
  );
  return "left";
}

/** The others do not depend on it, and the next run tries it again. */
async function tryRemoval(
  accounts: Pick<AccountsAtWork, "remove">,
  { deployed }: Reading,
  removal: Removal,
  progress: Progress,
): Promise<Outcome | Left> {
  const what = removalText(removal);
  progress(`removing ${what}`);
  try {
    return await accounts.remove(deployed.bastion, removal);
  } catch (error) {
    progress(`could not remove ${what}: ${explained(error)}`);
    return "left";
  }
}
