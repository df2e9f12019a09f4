import type { LiveAccount, Progress } from "../accounts/live-account";
import type { Caller } from "./last-administrator";
import { planRemovals } from "./plan";
import { Planner } from "./planner";
import type { Deployed } from "./proof";
import { removalText, type Removal } from "./removal";
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
  remove(bastion: LiveAccount, removal: Removal): Promise<void>;
}

/** A plan that somebody has agreed to, and the account that it was made from. */
export interface AgreedPlan {
  readonly account: LiveAccount;
  readonly steps: readonly Step[];
}

export interface Applied {
  readonly removed: readonly Removal[];
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
  try {
    for (const stage of stages) {
      const atStage = await accounts.read();
      const ready = planRemovals(atStage.deployed, atStage.caller).filter(
        (step) => step.stage === stage && canGo(step),
      );
      for (const { removal, restsOn } of ready) {
        const now = await accounts.readAgain(atStage, restsOn);
        if (!isStillReady(plan, now, removal, progress)) continue;
        if (await tryRemoval(accounts, now, removal, progress)) {
          removed.push(removal);
        }
      }
    }
  } catch (error) {
    return { removed, stopped: wordsOf(error) };
  }
  return { removed, stopped: undefined };
}

/** @throws Error when what is to be removed is not what the plan was about. */
function isStillReady(
  { account, steps }: AgreedPlan,
  { deployed, caller }: Reading,
  removal: Removal,
  progress: Progress,
): boolean {
  const key = removalKey(removal);
  const planned = steps.find((step) => removalKey(step.removal) === key);
  const planner = new Planner(deployed, caller);
  const found = planner.removals.find((one) => removalKey(one) === key);
  if (planned === undefined || found === undefined) return false;
  const what = removalText(found);
  if (targetOf(deployed.bastion, found) !== targetOf(account, found)) {
    throw new Error(
      `${what} was changed since the plan was made. Fix: run this again, and read the new plan.`,
    );
  }
  const step = planner.step(found);
  if (canGo(step)) return true;
  progress(
    `not removed: ${what}. ${[...step.waitsFor, ...step.stays].join("; ")}`,
  );
  return false;
}

/** The others do not depend on it, and the next run tries it again. */
async function tryRemoval(
  accounts: Pick<AccountsAtWork, "remove">,
  { deployed }: Reading,
  removal: Removal,
  progress: Progress,
): Promise<boolean> {
  const what = removalText(removal);
  progress(`removing ${what}`);
  try {
    await accounts.remove(deployed.bastion, removal);
    return true;
  } catch (error) {
    progress(`could not remove ${what}: ${wordsOf(error)}`);
    return false;
  }
}

const wordsOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);
