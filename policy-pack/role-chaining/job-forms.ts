import type { CarrierForm } from "./carrier-forms";

const byRole = (role: string): CarrierForm => ({
  kind: "job definition of Batch",
  role,
  arn: "arn:*:batch:*:*:job-definition/{name}",
  hasRevisions: true,
});

/**
 * By whichever of its properties says what a job runs. The role that starts a container is not there:
 * what runs in it does not have that one. Source: AWS Batch API reference, "RegisterJobDefinition".
 */
const jobDefinitions = [
  "containerProperties.jobRoleArn",
  "ecsProperties.taskProperties.taskRoleArn",
  "nodeProperties.nodeRangeProperties.container.jobRoleArn",
  "nodeProperties.nodeRangeProperties.ecsProperties.taskProperties.taskRoleArn",
].map(byRole);

export const jobForms: ReadonlyMap<string, readonly CarrierForm[]> = new Map([
  ["aws:batch/jobDefinition:JobDefinition", jobDefinitions],
  ["aws-native:batch:JobDefinition", jobDefinitions],
]);
