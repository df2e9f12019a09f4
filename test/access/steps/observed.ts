import type { LiveAccount } from "../../../commands/accounts/live-account";
import type { Cloud, DoneCall } from "../../../sandbox/aws/model";
import { snapshotOf } from "./snapshot";

/** IAM in all accounts at one moment, by account id. */
export type Moment = ReadonlyMap<string, LiveAccount>;

/** What stood in the accounts when a call was done, and before any other. */
export interface Step {
  readonly operation: string;
  readonly moment: Moment;
}

/** A change of the accounts, and each moment on the way. */
export interface ObservedChange {
  readonly before: Moment;
  readonly steps: readonly Step[];
  readonly after: Moment;
  /** How many calls may have changed something, of IAM and of other services. */
  readonly calls: number;
}

const reads = /^sts:|:(Get|List|Describe|Generate|Simulate|Test)/;

/** Looks at the accounts after each call that may have changed them. */
export class Observer {
  private steps: Step[] = [];
  private last: Moment = new Map();
  private cloud: Cloud | undefined;
  /** Calls that may have changed something, of any service. */
  calls = 0;

  /** For the sandbox to tell of each call that it has done. */
  readonly onDone = ({ accountId, operation }: DoneCall): void => {
    if (reads.test(operation)) return;
    this.calls += 1;
    if (!operation.startsWith("iam:")) return;
    this.look(accountId);
    this.steps.push({ operation, moment: this.last });
  };

  watch(cloud: Cloud): void {
    this.cloud = cloud;
    for (const id of cloud.accounts.keys()) this.look(id);
  }

  /** What happens to the accounts while the work is done. */
  async during(work: () => Promise<unknown>): Promise<ObservedChange> {
    for (const id of this.cloud?.accounts.keys() ?? []) this.look(id);
    const before = this.last;
    const callsBefore = this.calls;
    this.steps = [];
    await work();
    const calls = this.calls - callsBefore;
    return { before, steps: this.steps, after: this.last, calls };
  }

  /** Accounts that a call does not change are as they were. */
  private look(accountId: string): void {
    const account = this.cloud?.accounts.get(accountId);
    if (this.cloud === undefined || account === undefined) return;
    const { managementAccountId } = this.cloud;
    if (accountId === managementAccountId) return;
    this.last = new Map([
      ...this.last,
      [accountId, snapshotOf(this.cloud, account)],
    ]);
  }
}
