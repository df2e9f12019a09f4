import { auditEnvironment } from "../documents/pipeline-trust";
import { pipelineRoles } from "../names";
import type { PipelineFacts } from "./model";
import type { ConfigReader } from "./reader";
import { checkReservedNames } from "./reserved-names";
import * as schema from "./schema";

/**
 * The environment whose jobs deploy, unless config says otherwise: its reviewers see each deployment
 * before it runs, which no branch asks for.
 */
export const defaultEnvironment = "production";

/** Reads the pipeline's key, the same for both kinds of stack: left out, or empty, there is none. */
export function readPipeline(
  reader: ConfigReader,
  roleNames: readonly string[],
  auditor: boolean,
): PipelineFacts | undefined {
  const read = reader.structure("pipeline", schema.pipeline);
  if (read === undefined || Object.keys(read).length === 0) return undefined;
  checkReservedNames(
    reader,
    roleNames,
    Object.values(pipelineRoles),
    "pipeline",
  );
  const { repository, branch, environment, existingProvider = false } = read;
  if (repository === undefined) {
    reader.report("pipeline.repository", "nothing", schema.repositoryExpected);
    return undefined;
  }
  if (branch !== undefined && environment !== undefined) {
    reader.report(
      "pipeline.environment",
      "an environment beside a branch",
      "one of the two: the token of a job with an environment names no branch, so the environment's own rules have to say which branches may deploy",
    );
  }
  // GitHub has one environment of a name, whatever its case.
  if (auditor && environment?.toLowerCase() === auditEnvironment) {
    reader.report(
      "pipeline.environment",
      `${environment}, whose jobs audit: it has no reviewers`,
      "another environment for deployments, with reviewers",
    );
  }
  return {
    repository,
    deploysFrom:
      branch === undefined
        ? { environment: environment ?? defaultEnvironment }
        : { branch },
    existingProvider,
  };
}
