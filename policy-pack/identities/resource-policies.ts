import type { Document } from "../decide/document";
import { isPlainObject } from "../resources/plain-object";
import type { Resource } from "../resources/resource";
import { fieldOf, type Path } from "../resources/path";
import { isUnknown, partsOf, pathToUnknown } from "../resources/unknown";
import { grantForms, holderForms } from "./forms";
import type { UnknownValue } from "./identity";
import { lambdaPermission } from "./lambda-permission";
import { readOnce } from "./read";

/** A policy that hangs on a resource and says who may use it. */
export type ResourcePolicy =
  | {
      readonly kind: "policy";
      readonly field: string;
      readonly document: Document;
    }
  | {
      readonly kind: "malformed";
      readonly field: string;
      readonly faults: readonly string[];
    }
  | { readonly kind: "unknown"; readonly value: UnknownValue };

/**
 * Their policies name everyone as a rule and let nobody in: they limit what may be done through an
 * endpoint, to the resources of a CloudFormation stack, or in the accounts of an organisation.
 */
const limits = new Set([
  "aws:ec2/vpcEndpoint:VpcEndpoint",
  "aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy",
  "aws-native:ec2:VpcEndpoint",
  "aws:cloudformation/stack:Stack",
  "aws-native:cloudformation:Stack",
  "aws:organizations/policy:Policy",
  "aws-native:organizations:Policy",
]);

/** How deep policies lie in the resources that hold them. */
const deepest = 3;

/**
 * Whatever in a resource reads like a policy with principals: of a bucket, a queue, a key, a
 * function, and of types that nobody here has heard of.
 */
export function resourcePolicies(
  resource: Resource,
): readonly ResourcePolicy[] {
  const { type, inputs } = resource;
  if (!/^aws(-native)?:/.test(type)) return [];
  if (holderForms.has(type) || grantForms.has(type) || limits.has(type)) {
    return [];
  }
  const permission = lambdaPermission(resource);
  if (permission !== undefined) {
    return [read(resource, ["principal"], permission)];
  }
  return Object.entries(inputs).flatMap(([key, value]) =>
    within(resource, value, [key]),
  );
}

function within(
  resource: Resource,
  value: unknown,
  path: Path,
): readonly ResourcePolicy[] {
  if (isUnknown(value)) {
    return isPolicyField(path)
      ? [{ kind: "unknown", value: { resource, path } }]
      : [];
  }
  if (typeof value === "string") {
    return isPolicyText(value, path) ? [read(resource, path, value)] : [];
  }
  if (looksLikePolicy(value)) return [read(resource, path, value)];
  if (path.length >= deepest) return [];
  return partsOf(value).flatMap(([key, inside]) =>
    within(resource, inside, [...path, key]),
  );
}

/** Templates and messages may speak of principals as well: what reads like a policy is one. */
function isPolicyText(text: string, path: Path): boolean {
  if (!text.trimStart().startsWith("{")) return false;
  if (!/"(Not)?Principals?"\s*:/i.test(text)) return false;
  if (isPolicyField(path)) return true;
  try {
    return looksLikePolicy(JSON.parse(text));
  } catch {
    return false;
  }
}

const isPolicyField = (path: Path): boolean =>
  /policy$/i.test(String(path.at(-1)));

function looksLikePolicy(value: unknown): boolean {
  if (!isPlainObject(value)) return false;
  const statements = Object.entries(value)
    .filter(([key]) => /^statements?$/i.test(key))
    .flatMap(([, one]): unknown[] => (Array.isArray(one) ? one : [one]));
  return statements.some(
    (one) =>
      isPlainObject(one) &&
      Object.keys(one).some((key) => /^(not)?principals?$/i.test(key)),
  );
}

function read(resource: Resource, path: Path, value: unknown): ResourcePolicy {
  const field = fieldOf(path);
  const unknown = pathToUnknown(value);
  if (unknown !== undefined) {
    return {
      kind: "unknown",
      value: { resource, path: [...path, ...unknown] },
    };
  }
  const reading = readOnce(value, "resource");
  return reading.kind === "document"
    ? { kind: "policy", field, document: reading.document }
    : { kind: "malformed", field, faults: reading.faults };
}
