import type { Document } from "../decide/document";
import { oncePer, oncePerText } from "../decide/once-per";
import { containers } from "../resources/contained";
import { isPlainObject, type Properties } from "../resources/plain-object";
import type { Resource } from "../resources/resource";
import { fieldOf, type Path } from "../resources/path";
import { structured } from "../resources/structured";
import { isUnknown, partsOf, pathToUnknown } from "../resources/unknown";
import type { UnknownValue } from "../resources/unknown-value";
import { dataAccessStatements } from "./data-access-policy";
import { policyGrantForms, holderForms } from "./forms";
import type { KeyProperties } from "./permission-form";
import { permissionOf } from "./permission-resources";
import { readPolicy } from "./read";

/** A policy that hangs on a resource and says who may use it. */
export type ResourcePolicy =
  | {
      readonly kind: "policy";
      readonly field: string;
      readonly document: Document;
      /** Of a resource that has no statements, and of which AWS makes them. */
      readonly properties?: KeyProperties;
    }
  | {
      readonly kind: "malformed";
      readonly field: string;
      /** Whether the field holds a policy, and not a principal that AWS makes one of. */
      readonly isDocument: boolean;
      readonly faults: readonly string[];
    }
  | { readonly kind: "unknown"; readonly value: UnknownValue };

/**
 * Their policies name everyone as a rule and let nobody in: they limit what may be done through an
 * endpoint, or in the accounts of an organisation.
 */
const limitingTypes = new Set([
  "aws:ec2/vpcEndpoint:VpcEndpoint",
  "aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy",
  "aws-native:ec2:VpcEndpoint",
  "aws:organizations/policy:Policy",
  "aws-native:organizations:Policy",
]);

/** Fields that hold a policy with principals and nothing else, whatever stands in them. */
const policyFields: ReadonlyMap<string, string> = new Map([
  ...[
    "backup/vaultPolicy:VaultPolicy",
    "cloudwatch/eventBusPolicy:EventBusPolicy",
    "dynamodb/resourcePolicy:ResourcePolicy",
    "ecr/registryPolicy:RegistryPolicy",
    "ecr/repositoryPolicy:RepositoryPolicy",
    "ecrpublic/repositoryPolicy:RepositoryPolicy",
    "efs/fileSystemPolicy:FileSystemPolicy",
    "glue/resourcePolicy:ResourcePolicy",
    "kinesis/resourcePolicy:ResourcePolicy",
    "kms/keyPolicy:KeyPolicy",
    "s3/bucketPolicy:BucketPolicy",
    "s3control/accessPointPolicy:AccessPointPolicy",
    "s3control/bucketPolicy:BucketPolicy",
    "secretsmanager/secretPolicy:SecretPolicy",
    "sns/topicPolicy:TopicPolicy",
    "sqs/queuePolicy:QueuePolicy",
  ].map((type) => [`aws:${type}`, "policy"] as const),
  ["aws:organizations/resourcePolicy:ResourcePolicy", "content"],
  ["aws:elasticsearch/domainPolicy:DomainPolicy", "accessPolicies"],
  ["aws:opensearch/domainPolicy:DomainPolicy", "accessPolicies"],
  ["aws-native:organizations:ResourcePolicy", "content"],
  ["aws-native:events:EventBusPolicy", "statement"],
  ["aws-native:s3:BucketPolicy", "policyDocument"],
  ["aws-native:secretsmanager:ResourcePolicy", "resourcePolicy"],
  ["aws-native:sns:TopicPolicy", "policyDocument"],
  ["aws-native:sqs:QueuePolicy", "policyDocument"],
]);

/**
 * Whatever in a resource reads like a policy with principals: of a bucket, a queue, a key, a
 * function, and of types that nobody here has heard of.
 */
export const resourcePolicies = (
  resource: Resource,
): readonly ResourcePolicy[] =>
  hasNoPolicy(resource.type) ? [] : policiesIn(resource);

const isOfAws = (type: string): boolean => /^aws(-native)?:/.test(type);

const hasNoPolicy = oncePerText(
  (type) =>
    isOfAws(type) &&
    [containers, holderForms, policyGrantForms, limitingTypes].some((types) =>
      types.has(type),
    ),
);

const policiesIn = oncePer((resource: Resource): readonly ResourcePolicy[] => {
  const { type, inputs } = resource;
  if (!isOfAws(type)) return ofPermission(resource);
  const policyField = policyFields.get(type);
  return [
    ...ofPermission(resource),
    ...Object.entries(inputs).flatMap(([key, value]) =>
      key === policyField && value !== undefined && value !== null
        ? [read(resource, [key], value)]
        : within(resource, value, [key]),
    ),
  ];
});

function ofPermission(resource: Resource): readonly ResourcePolicy[] {
  const permission = permissionOf(resource);
  if (permission === undefined) return [];
  if (permission.kind === "unknown") return [permission];
  const { field, document, properties } = permission;
  const policy = read(resource, [field], document);
  switch (policy.kind) {
    case "policy":
      return [{ ...policy, properties }];
    case "malformed":
      return [{ ...policy, isDocument: false }];
    case "unknown":
      return [policy];
  }
}

function within(
  resource: Resource,
  value: unknown,
  path: Path,
): readonly ResourcePolicy[] {
  if (isUnknown(value)) {
    return isPolicyField(path) || value.matches(principalKey)
      ? [{ kind: "unknown", value: { resource, path } }]
      : [];
  }
  if (typeof value === "string") {
    return isPolicyText(value, path) ? [read(resource, path, value)] : [];
  }
  if (isPolicy(value)) return [read(resource, path, value)];
  return partsOf(value).flatMap(([key, inside]) =>
    within(resource, inside, [...path, key]),
  );
}

const principalKey = /"(Not)?Principals?"\s*:/i;

/** Templates and messages may speak of principals as well: what reads like a policy is one. */
function isPolicyText(text: string, path: Path): boolean {
  if (!/^\s*[{[]/.test(text)) return false;
  if (!principalKey.test(text)) return false;
  if (isPolicyField(path)) return true;
  return isPolicy(structured(text));
}

const isPolicyField = (path: Path): boolean =>
  /policy$|policydocument$|^accesspolicies$/i.test(String(path.at(-1)));

const isPolicy = (value: unknown): boolean =>
  looksLikeStatement(value) || statementsIn(value).some(namesPrincipals);

function statementsIn(value: unknown): readonly unknown[] {
  if (!isPlainObject(value)) return [];
  return Object.entries(value)
    .filter(([key]) => /^statements?$/i.test(key))
    .flatMap(([, one]): unknown[] => (Array.isArray(one) ? one : [one]));
}

const namesPrincipals = (value: unknown): value is Properties =>
  isPlainObject(value) &&
  Object.keys(value).some((key) => /^(not)?principals?$/i.test(key));

/** A single statement, without the document around it. */
const looksLikeStatement = (value: unknown): value is Properties =>
  namesPrincipals(value) &&
  Object.keys(value).some((key) => /^effect$/i.test(key));

function read(resource: Resource, path: Path, value: unknown): ResourcePolicy {
  const content = structured(value);
  const field = fieldOf(path);
  const statements = looksLikeStatement(content)
    ? content
    : dataAccessStatements(content);
  const reading = readPolicy(
    statements === undefined ? value : { Statement: statements },
    "resource",
  );
  switch (reading.kind) {
    case "document":
      return { kind: "policy", field, document: reading.document };
    case "malformed":
      return {
        kind: "malformed",
        field,
        isDocument: true,
        faults: reading.faults,
      };
    case "unknown":
      return {
        kind: "unknown",
        value: { resource, path: [...path, ...(pathToUnknown(value) ?? [])] },
      };
  }
}
