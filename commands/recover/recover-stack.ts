import { readProject } from "../../infra/config/from-files";
import { nearest } from "../command-line/names";
import { UsageError } from "../command-line/options";
import type { ExportedStack } from "../stacks/exported-stack";
import { Examiner } from "./examine";
import type { OtherWay } from "./provider-account";
import {
  NoSuchStack,
  RecoveringStack,
  StackLocked,
  StateUnreadable,
  type StackOptions,
} from "./recovering-stack";
import { Recovery, type Author } from "./recovery";
import { planRestoration } from "./restoration";
import type { Patience } from "./until-seen";

export interface RecoverRequest extends StackOptions, OtherWay {
  /** Whether all that the program makes is looked for in the accounts. */
  readonly search: boolean;
  /** What to restore the state from; undefined: Pulumi's own backups. */
  readonly backup: string | undefined;
  /** With an AWS that may not know yet what a deployment has made. */
  readonly patience: Patience;
}

/** @returns the exit code: 0 the stack can be deployed, 1 something is left to do */
export async function recoverStack(
  request: RecoverRequest,
  author: Author,
): Promise<number> {
  const stack = new RecoveringStack(request);
  const examiner = new Examiner(request);
  const recovery = new Recovery(stack, examiner, author, request.patience);
  try {
    const state = await readState(stack, request);
    if (!(state instanceof StateUnreadable)) {
      return await recovery.run(state, request.search);
    }
    // What the backup does not know of may have been made since, and up to now.
    const found = Date.now();
    if (!(await restore(stack, request, state, author))) return 1;
    return await recovery.run(await stack.exported(), true, found);
  } catch (error) {
    if (!(error instanceof StackLocked)) throw error;
    author.print(error.message);
    return 1;
  }
}

async function readState(
  stack: RecoveringStack,
  { backup, stack: name }: RecoverRequest,
): Promise<ExportedStack | StateUnreadable> {
  try {
    const exported = await stack.exported();
    if (backup === undefined) return exported;
  } catch (error) {
    if (error instanceof StateUnreadable) return error;
    if (error instanceof NoSuchStack) {
      throw new UsageError(
        `--stack ${JSON.stringify(name)} names no stack that Pulumi knows${nearest(name, await stack.listed())}`,
      );
    }
    throw error;
  }
  throw new UsageError(
    "--backup is for a state that can't be read, and this one can",
  );
}

/** Whether it was restored. */
async function restore(
  stack: RecoveringStack,
  { folder, stack: name, backup }: RecoverRequest,
  { why }: StateUnreadable,
  { print, isAgreed }: Author,
): Promise<boolean> {
  const { name: project } = readProject(folder, name);
  const lost = { folder, project, stack: name, why, backup };
  const restoration = await planRestoration(lost);
  print(restoration.told);
  if (!(await isAgreed())) return false;
  await restoration.restore(stack);
  return true;
}
