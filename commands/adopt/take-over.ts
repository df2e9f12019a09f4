import { clientsIn, type WayIn } from "../accounts/clients";
import type { LiveAccount, Progress } from "../accounts/live-account";
import { readAccount } from "../accounts/read-account";
import { readAccounts, type UnreadAccount } from "../accounts/organisation";
import { isTakenOver } from "./superseded";
import { planRemovals, stages, type Step } from "./plan";
import type { Project } from "./project";
import type { Deployed } from "./proof";
import { propose, type ProposedTakeOver } from "./proposal";
import { removalText, type Removal } from "./removal";
import { remove } from "./remove";

export interface TakeOverOptions {
  readonly keyAgeDays: number;
  readonly keep: ReadonlySet<string>;
  readonly acceptLess: ReadonlySet<string>;
  readonly progress: Progress;
}

/** Where a take-over stands: all of it is read from the accounts, and nothing is remembered. */
export interface Standing {
  readonly account: LiveAccount;
  readonly proposed: ProposedTakeOver;
  /** Users of the stack who have no MFA device. */
  readonly withoutMfa: readonly string[];
  readonly steps: readonly Step[];
  /** Workload accounts that could not be read: nothing is proven through them. */
  readonly unread: readonly UnreadAccount[];
}

export const isDone = (standing: Standing): boolean =>
  standing.proposed.proposal === undefined &&
  standing.proposed.heldBack.length === 0 &&
  standing.withoutMfa.length === 0 &&
  standing.steps.length === 0;

/** Takes an account over: says where it stands, and removes what is proven to be no longer needed. */
export class TakeOver {
  constructor(
    private readonly project: Project,
    private readonly options: TakeOverOptions,
  ) {}

  async standing(): Promise<Standing> {
    const { deployed, unread, caller } = await this.read();
    const { bastion, criteria } = deployed;
    return {
      account: bastion,
      proposed: propose(bastion, this.project, criteria.keep),
      withoutMfa: bastion.users
        .filter(
          (user) =>
            isTakenOver(user) &&
            user.devices.length === 0 &&
            !criteria.keep.has(user.name),
        )
        .map(({ name }) => name),
      steps: planRemovals(deployed, caller),
      unread,
    };
  }

  /**
   * Removes stage by stage what waits for nothing. Each stage reads the accounts anew, so that its
   * proof is about what the stage before has left; a run that was cut off is simply run again.
   */
  async apply(): Promise<readonly Removal[]> {
    const { iam } = clientsIn(this.way(), this.project.config.accountId);
    const removed: Removal[] = [];
    for (const stage of stages) {
      const { deployed, caller } = await this.read();
      const steps = planRemovals(deployed, caller).filter(
        (step) => step.stage === stage && step.waitsFor.length === 0,
      );
      for (const { removal } of steps) {
        const what = removalText(removal);
        this.options.progress(`removing ${what}`);
        try {
          await remove(iam, deployed.bastion, removal);
          removed.push(removal);
        } catch (error) {
          // The others do not depend on it, and the next run tries it again.
          const why = error instanceof Error ? error.message : "unknown";
          this.options.progress(`could not remove ${what}: ${why}`);
        }
      }
    }
    return removed;
  }

  private async read() {
    const { keyAgeDays, keep, acceptLess, progress } = this.options;
    const { accountId, organisation } = this.project.config;
    const { accounts, deploymentRole } = organisation;
    const clients = clientsIn(this.way(), accountId);
    const { Arn: arn = "", Account: id } =
      await clients.sts.getCallerIdentity();
    if (id !== accountId) {
      throw new Error(
        `the credentials lead into the account ${id ?? "?"}, and bastionAccountId is ${accountId}`,
      );
    }
    const bastion = await readAccount(clients, progress);
    const workloads = await readAccounts(this.way(), accounts);
    const ownRole = deploymentRole?.split("/").slice(-1) ?? [];
    const deployed: Deployed = {
      bastion,
      workloads: workloads.accounts.map(({ live }) => live),
      criteria: {
        now: new Date(),
        keyAgeDays,
        keep: new Set([...keep, ...ownRole]),
      },
      acceptLess,
    };
    return { caller: { arn }, deployed, unread: workloads.unread };
  }

  private way(): WayIn {
    const {
      partition,
      region,
      deploymentRole: role,
    } = this.project.config.organisation;
    const sessionName = "bastion-account-adopt";
    return { partition, region, role, sessionName };
  }
}
