import type { Declaration, Place } from "./scope";

/** The property that gives a resource its name in AWS, by its type; `Ref` gives that name as well. */
const nameProperties: ReadonlyMap<string, string> = new Map([
  ["AWS::IAM::User", "UserName"],
  ["AWS::IAM::Group", "GroupName"],
  ["AWS::IAM::Role", "RoleName"],
  ["AWS::IAM::InstanceProfile", "InstanceProfileName"],
  ["AWS::IAM::Policy", "PolicyName"],
  ["AWS::IAM::ManagedPolicy", "ManagedPolicyName"],
  ["AWS::IAM::SAMLProvider", "Name"],
  // Its ARN has the URL where others have a name.
  ["AWS::IAM::OIDCProvider", "Url"],
  ["AWS::SSO::PermissionSet", "Name"],
  ["AWS::DynamoDB::Table", "TableName"],
  ["AWS::ECR::Repository", "RepositoryName"],
  ["AWS::ECS::Cluster", "ClusterName"],
  ["AWS::EKS::Cluster", "Name"],
  ["AWS::KMS::Key", "KeyId"],
  ["AWS::Kinesis::Stream", "Name"],
  ["AWS::Lambda::Function", "FunctionName"],
  ["AWS::Logs::LogGroup", "LogGroupName"],
  ["AWS::S3::Bucket", "BucketName"],
  ["AWS::SNS::Topic", "TopicName"],
  ["AWS::SQS::Queue", "QueueName"],
  ["AWS::SecretsManager::Secret", "Name"],
  ["AWS::StepFunctions::StateMachine", "StateMachineName"],
]);

/** Types of which `Ref` gives the ARN. Source: AWS CloudFormation, "Return values" of each type. */
const refIsArn = new Set([
  "AWS::IAM::ManagedPolicy",
  "AWS::IAM::OIDCProvider",
  "AWS::IAM::SAMLProvider",
  "AWS::SNS::Topic",
  "AWS::SecretsManager::Secret",
  "AWS::StepFunctions::StateMachine",
  "AWS::SSO::PermissionSet",
]);

/** How the resource part of an ARN begins, where it is not the type's last name. */
const arnStarts: ReadonlyMap<string, string> = new Map([
  ["AWS::IAM::ManagedPolicy", "policy"],
  ["AWS::IAM::OIDCProvider", "oidc-provider"],
  ["AWS::IAM::SAMLProvider", "saml-provider"],
  ["AWS::IAM::InstanceProfile", "instance-profile"],
  ["AWS::Lambda::Function", "function:"],
  ["AWS::Logs::LogGroup", "log-group:"],
  ["AWS::StepFunctions::StateMachine", "stateMachine:"],
  ["AWS::SecretsManager::Secret", "secret:"],
  ["AWS::SNS::Topic", ""],
  ["AWS::SQS::Queue", ""],
  ["AWS::S3::Bucket", ""],
]);

/** How ARNs call a service, where CloudFormation calls it otherwise. */
const arnServices: ReadonlyMap<string, string> = new Map([
  ["stepfunctions", "states"],
  ["certificatemanager", "acm"],
  ["elasticloadbalancingv2", "elasticloadbalancing"],
  ["opensearchservice", "es"],
  ["elasticsearch", "es"],
  ["kinesisfirehose", "firehose"],
  ["efs", "elasticfilesystem"],
  ["msk", "kafka"],
]);

export const nameProperty = (type: string): string | undefined =>
  nameProperties.get(type);

/** Stand for what nobody can foresee in names that CloudFormation makes: of a resource, and of a stack. */
export const madeLetters = "XXXXXXXXXXXX";
const madeId = "xxxxxxxx";

export const stackOfSet = (set: string): string => `StackSet-${set}-${madeId}`;

/**
 * CloudFormation makes a name or an id of the stack's and the resource's, and of letters. Whether a
 * document tells such names apart, `identities/made-names.ts` asks.
 */
export const madeName = (id: string, { stack }: Place): string =>
  `${stack}-${id}-${madeLetters}`;

/** The parts of such a text, in their order: what is certain, letters, and the id of a stack. */
export const madeParts = (
  text: string,
): readonly (string | { readonly isId: boolean })[] =>
  text
    .split(new RegExp(`(${madeLetters}|${madeId}(?=-))`))
    .map((part) =>
      part === madeLetters || part === madeId
        ? { isId: part === madeId }
        : part,
    );

/** The same, with wildcards for what nobody can foresee. */
export const withWildcards = (text: string): string =>
  madeParts(text)
    .map((part) => (typeof part === "string" ? part : "?*"))
    .join("");

/** The region that stands in ARNs where none shows: what is asked of a document does not hang on it. */
export const regionInTexts = ({ region, partition }: Place): string =>
  region ?? regions.get(partition) ?? "us-east-1";

const regions = new Map([
  ["aws-cn", "cn-north-1"],
  ["aws-us-gov", "us-gov-west-1"],
]);

/** The name in AWS, as the template gives it or as it is made; undefined: of a type without names. */
export function nameOf(
  { id, type }: Pick<Declaration, "id" | "type">,
  given: unknown,
  place: Place,
): unknown {
  if (given !== undefined && given !== null) return given;
  return nameProperties.has(type) ? madeName(id, place) : undefined;
}

/** @param name as `nameOf` gives it; an `Unknown` stays one */
export function arnOf(
  { id, type }: Declaration,
  name: unknown,
  path: unknown,
  place: Place,
): unknown {
  const { account, partition } = place;
  const [, service = "", last = ""] = type.split("::");
  const namespace =
    arnServices.get(service.toLowerCase()) ?? service.toLowerCase();
  if (type === "AWS::IAM::OIDCProvider") {
    const url = String(name).replace(/^https?:\/\//, "");
    return `arn:${partition}:iam::${account}:oidc-provider/${url}`;
  }
  const start = arnStarts.get(type) ?? last.toLowerCase();
  const divided = start === "" || start.endsWith(":") ? start : `${start}/`;
  const below = typeof path === "string" ? path.replace(/^\//, "") : "";
  const resource = `${divided}${below}${typeof name === "string" ? name : id}`;
  if (namespace === "iam") {
    return `arn:${partition}:iam::${account}:${resource}`;
  }
  if (type === "AWS::S3::Bucket") return `arn:${partition}:s3:::${resource}`;
  return `arn:${partition}:${namespace}:${regionInTexts(place)}:${account}:${resource}`;
}

/** Whether `Ref` gives a type's name, or its ARN; undefined: something else that is not known here. */
export const refOf = (type: string): "name" | "arn" | undefined =>
  refIsArn.has(type) ? "arn" : nameProperties.has(type) ? "name" : undefined;
