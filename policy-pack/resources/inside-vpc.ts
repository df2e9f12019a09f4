import { isPlainObject } from "./plain-object";
import { factOf, knownText, type Resource } from "./resource";
import { isUnknown } from "./unknown";
import type { UnknownValue } from "./unknown-value";

/** A property, and the one in it that names the network. */
type Place = readonly [string, string];

const domain: Place = ["vpcOptions", "subnetIds"];
const accessPoint: Place = ["vpcConfiguration", "vpcId"];

/**
 * What puts a resource inside a VPC, so that nobody outside reaches it. A private API is none: it
 * takes calls through any VPC's endpoint. Sources: Amazon OpenSearch Service developer guide, "Launching your
 * domains within a VPC", about access policies; Amazon S3 user guide, "Blocking public access to
 * your Amazon S3 storage", access points; Amazon API Gateway developer guide, "Private REST APIs".
 */
const places: ReadonlyMap<string, Place> = new Map([
  ["aws:opensearch/domain:Domain", domain],
  ["aws:elasticsearch/domain:Domain", domain],
  ["aws-native:opensearchservice:Domain", domain],
  ["aws:s3/accessPoint:AccessPoint", accessPoint],
  ["aws-native:s3:AccessPoint", accessPoint],
  ["aws-native:s3express:AccessPoint", accessPoint],
  ["aws-native:s3outposts:AccessPoint", accessPoint],
]);

/** Policies that are resources of their own: by which property they name the other, and it itself. */
const hosts: ReadonlyMap<string, readonly [string, string]> = new Map([
  ["aws:opensearch/domainPolicy:DomainPolicy", ["domainName", "domainName"]],
  ["aws:elasticsearch/domainPolicy:DomainPolicy", ["domainName", "domainName"]],
  [
    "aws:s3control/accessPointPolicy:AccessPointPolicy",
    ["accessPointArn", "arn"],
  ],
]);

/** An unknown value is what decides it. */
export type InsideVpc = boolean | UnknownValue;

/** @returns undefined where another resource says it */
export function isInsideVpc(resource: Resource): InsideVpc | undefined {
  const { type, inputs } = resource;
  if (hosts.has(type)) return undefined;
  const [property = "", inner = ""] = places.get(type) ?? [];
  const place = inputs[property];
  if (isUnknown(place)) return { resource, path: [property] };
  const ids = isPlainObject(place) ? place[inner] : undefined;
  if (isUnknown(ids)) return { resource, path: [property, inner] };
  return Array.isArray(ids) ? ids.length > 0 : Boolean(ids);
}

/** The same, where the whole stack is there to say it. */
export function standsInVpc(
  resource: Resource,
  resources: readonly Resource[],
): InsideVpc {
  const [reference = "", property = ""] = hosts.get(resource.type) ?? [];
  const named = knownText(resource, reference);
  const sources = resource.propertyDependencies[reference] ?? [];
  const host = resources.find((one) =>
    !places.has(one.type)
      ? false
      : named === undefined
        ? sources.includes(one.urn)
        : factOf(one, property) === named,
  );
  return isInsideVpc(host ?? resource) ?? false;
}
