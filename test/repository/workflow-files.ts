import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { checkout } from "../../sandbox/engine/paths";

const folder = join(checkout, ".github", "workflows");
/** Of the workflows. */
export const files = readdirSync(folder).filter((file) =>
  file.endsWith(".yml"),
);

export interface Step {
  readonly id?: string;
  readonly name?: string;
  readonly if?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

export interface Job {
  /** A workflow that is called in place of steps. */
  readonly uses?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly environment?: string;
  readonly needs?: string | readonly string[];
  readonly strategy?: {
    readonly matrix: {
      readonly stack?: readonly string[];
      readonly folder?: readonly string[];
    };
  };
  readonly "timeout-minutes"?: number;
  readonly steps: readonly Step[];
}

export interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

export const text = (file: string): string =>
  readFileSync(join(folder, file), "utf8");
export function workflow(file: string): Workflow {
  const read = parse(text(file)) as Omit<Workflow, "jobs"> & {
    readonly jobs: Readonly<Record<string, Partial<Job>>>;
  };
  const jobs = Object.entries(read.jobs).map(
    ([name, job]) => [name, { ...job, steps: job.steps ?? [] }] as const,
  );
  return { ...read, jobs: Object.fromEntries(jobs) };
}
export const steps = (file: string): readonly Step[] =>
  Object.values(workflow(file).jobs).flatMap((job) => job.steps);

/** @throws Error when the job has none of that id. */
export function stepOf(file: string, job: string, id: string): Step {
  const step = workflow(file).jobs[job]?.steps.find((one) => one.id === id);
  if (step !== undefined) return step;
  throw new Error(`${file} has no step ${id} in ${job}`);
}
