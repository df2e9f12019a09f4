import type { DeploymentPlan } from "./plan";

/** A job of a pipeline: its name, and what `--only` takes. */
export interface Chunk {
  readonly name: string;
  readonly only: string;
}

/** Source: GitHub's documentation, "Running variations of jobs in a workflow": jobs of a matrix. */
export const mostJobs = 256;

/**
 * The stacks after the bastion in as many jobs as there may be: one each, as long as there is room, so
 * that a job's colour is a stack's.
 */
export function chunksOf(
  { workloads }: Pick<DeploymentPlan, "workloads">,
  jobs: number,
): readonly Chunk[] {
  const names = workloads.map(({ name }) => name);
  const size = Math.ceil(names.length / jobs);
  const chunks: Chunk[] = [];
  for (let from = 0; from < names.length; from += size) {
    const some = names.slice(from, from + size);
    const [first = ""] = some;
    chunks.push({
      name: some.length === 1 ? first : `${first} and ${some.length - 1} more`,
      only: some.join(","),
    });
  }
  return chunks;
}
