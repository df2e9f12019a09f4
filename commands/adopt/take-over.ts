import type { LiveAccount, LiveUser } from "../accounts/live-account";
import type { UnreadAccount } from "../accounts/organisation";
import { Accounts, type TakeOverOptions } from "./accounts";
import { besideTheStack } from "./beside-the-stack";
import { applyPlan, type Applied } from "./apply";
import { keptWrongly } from "./other-policies";
import { planRemovals } from "./plan";
import type { Project } from "./project";
import { propose, type ProposedTakeOver } from "./proposal";
import type { Step } from "./step";
import { isTakenOver } from "./superseded";

/** Where a take-over stands: all of it is read from the accounts, and nothing is remembered. */
export interface Standing {
  readonly account: LiveAccount;
  readonly proposed: ProposedTakeOver;
  /** Users of the stack who have no MFA device. */
  readonly withoutMfa: readonly LiveUser[];
  /** What users have of the stack that its file does not say. */
  readonly beside: readonly string[];
  readonly steps: readonly Step[];
  /** Workload accounts that could not be read: nothing is proven through them. */
  readonly unread: readonly UnreadAccount[];
}

export const isDone = ({
  proposed,
  withoutMfa,
  beside,
  steps,
  unread,
}: Standing): boolean =>
  proposed.proposal === undefined &&
  proposed.heldBack.length === 0 &&
  proposed.programs.length === 0 &&
  withoutMfa.length === 0 &&
  beside.length === 0 &&
  steps.length === 0 &&
  unread.length === 0;

/** Takes an account over: says where it stands, and removes what is proven to be no longer needed. */
export class TakeOver {
  private readonly accounts: Accounts;

  constructor(
    private readonly project: Project,
    private readonly options: TakeOverOptions,
  ) {
    this.accounts = new Accounts(project, options);
  }

  async standing(): Promise<Standing> {
    const { deployed, caller } = await this.accounts.read();
    const { bastion, criteria } = deployed;
    const proposed = propose(bastion, this.project, criteria);
    return {
      account: bastion,
      proposed,
      withoutMfa: bastion.users.filter(
        (user) =>
          isTakenOver(bastion, user) &&
          user.devices.length === 0 &&
          !criteria.keep.has(user.name) &&
          !proposed.programs.includes(user),
      ),
      beside: [
        ...besideTheStack(bastion, this.project.config, criteria.keep),
        ...keptWrongly(bastion, this.project.config),
      ],
      steps: planRemovals(deployed, caller),
      unread: deployed.unread,
    };
  }

  apply(agreed: Standing): Promise<Applied> {
    return applyPlan(agreed, this.accounts, this.options.progress);
  }
}
