import { set, type Settings, type StackName } from "./settings";

/** One change of the config, deployed over what stands there. */
export interface Change {
  readonly name: string;
  readonly to: (settings: Settings) => Settings;
  /** The stacks that are deployed, in this order. */
  readonly stacks: readonly StackName[];
  /** What no order can hold, as infra/README.md says; left out: nothing. */
  readonly but?: RegExp;
}

type Edit = (settings: Settings) => Settings;

const change =
  (...stacks: readonly StackName[]) =>
  (name: string, ...edits: readonly Edit[]): Change => ({
    name,
    stacks,
    to: (settings) => edits.reduce((all, edit) => edit(all), settings),
  });

export const inBastion = change("bastion");
export const inWorkload = change("workload");
/** The order in which a person deploys what is given, and the one in which they deploy what is taken. */
export const rolesFirst = change("workload", "bastion");
export const grantsFirst = change("bastion", "workload");

export const bastion = (path: string, value?: unknown): Edit =>
  set("bastion", path, value);
export const shared = (path: string, value?: unknown): Edit =>
  set("shared", path, value);
export const workload = (path: string, value?: unknown): Edit =>
  set("workload", path, value);

export const all = "all";
export const grants = (...roles: readonly string[]) => [
  { roles, accounts: all },
];
