import { literal } from "../decide/literal";

/** Those of most services. */
const ofResource = ["TagResource", "UntagResource"];

const taggingActions: Readonly<Record<string, readonly string[]>> = {
  amplify: ofResource,
  apprunner: ofResource,
  batch: ofResource,
  "bedrock-agentcore": ofResource,
  chatbot: ofResource,
  cloudformation: ofResource,
  codebuild: ["UpdateProject"],
  ec2: ["CreateTags", "DeleteTags"],
  ecs: ofResource,
  elasticmapreduce: ["AddTags", "RemoveTags"],
  glue: ofResource,
  iot: ofResource,
  kinesisanalytics: ofResource,
  lambda: ofResource,
  rolesanywhere: ofResource,
  sagemaker: ["AddTags", "DeleteTags"],
  ssm: ["AddTagsToResource", "RemoveTagsFromResource"],
  states: ofResource,
};

/**
 * The actions that set the tags of what runs with a role, by the service in its ARN: whoever sets them may
 * then do what policies allow by tags (aws:ResourceTag). Source: AWS documentation, "Service Authorization
 * Reference", access level Tagging; AWS CodeBuild API reference, "UpdateProject".
 *
 * @param arn that may have wildcards, though not in its service
 */
export function taggingOf(arn: string): readonly string[] {
  const service = arn.split(":")[2] ?? "";
  return (taggingActions[service] ?? []).map((name) => `${service}:${name}`);
}

/**
 * A request has these keys where it tags what it makes, and not where it tags what is there already. Source:
 * AWS documentation, "Service Authorization Reference", condition keys of each service.
 */
export const ofNothingNew = [
  "ec2:CreateAction",
  "ecs:CreateAction",
  "sagemaker:TaggingAction",
].map((key) => literal("Null", key, "true"));
