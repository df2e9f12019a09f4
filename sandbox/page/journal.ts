import { letsIn } from "../aws/decided";
import type { DecidedCall } from "../aws/model";

/** How many of each kind are kept: many that pass don't push out those that don't. */
const kept = 50;

interface Entry {
  readonly number: number;
  readonly call: DecidedCall;
}

/** The last decisions. */
export class Journal {
  private count = 0;
  private letIn: readonly Entry[] = [];
  private denied: readonly Entry[] = [];
  private listener: () => void = () => undefined;

  readonly add = (call: DecidedCall): void => {
    this.count += 1;
    const entry = { number: this.count, call };
    if (letsIn(call.reason)) this.letIn = [entry, ...this.letIn].slice(0, kept);
    else this.denied = [entry, ...this.denied].slice(0, kept);
    this.listener();
  };

  clear(): void {
    this.letIn = [];
    this.denied = [];
  }

  onAdded(listener: () => void): void {
    this.listener = listener;
  }

  /** The newest first. */
  calls(): readonly DecidedCall[] {
    return [...this.letIn, ...this.denied]
      .sort((one, other) => other.number - one.number)
      .map(({ call }) => call);
  }
}
