import assert from "node:assert/strict";
import {
  runSimulation,
  type EvaluationResult,
  type Simulation,
} from "@cloud-copilot/iam-simulate";
import { accountOf } from "../../../../sandbox/aws/arn";
import type { Fields } from "../../../../sandbox/aws/service-models/fields";
import { bastionId } from "../clients";
import type { Decided } from "./decided";
import { subject, subjectSession, type Document } from "./documents";
import type { Policies } from "./policies";

const named = (documents: readonly Document[]) =>
  documents.map((policy, index) => ({ name: `p${index}`, policy }));

/** A request as the simulator gets it. */
export interface Asked extends Decided {
  readonly fields: Fields;
  /** Of a role, a topic or a key. */
  readonly resourcePolicy: Document | undefined;
}

/** Whose resource it is; what has no owner, or AWS, is everybody's. */
const ownerOf = (resource: string): string =>
  /^\d+$/.test(accountOf(resource)) ? accountOf(resource) : bastionId;

/** The simulator takes an asterisk in what is asked for as "any"; to AWS it is one. */
const exactly = (resource: string): string =>
  resource === "*" ? resource : resource.replaceAll("*", "_");

/** The tags that a request brings, in whatever form its service has for them. */
function broughtTags({ Tags, tags }: Fields): ReadonlyMap<string, string> {
  if (Array.isArray(Tags)) {
    return new Map(
      Tags.map((tag: Readonly<Record<string, string>>) => [
        tag["Key"] ?? tag["TagKey"] ?? "",
        tag["Value"] ?? tag["TagValue"] ?? "",
      ]),
    );
  }
  return new Map(Object.entries((tags ?? {}) as Record<string, string>));
}

export const bringsTags = (fields: Fields): boolean =>
  broughtTags(fields).size > 0;

function tagContext(fields: Fields): Record<string, string | string[]> {
  const tags = broughtTags(fields);
  const keys = [...tags.keys(), ...((fields["TagKeys"] ?? []) as string[])];
  return {
    ...Object.fromEntries(
      [...tags].map(([key, value]) => [`aws:RequestTag/${key}`, value]),
    ),
    ...(keys.length > 0 ? { "aws:TagKeys": keys } : {}),
  };
}

/** What AWS documents that such a request carries, and that a random policy asks about. */
const context = (
  organizationId: string,
  { sessionTag }: Policies,
  { action, resource, fields }: Asked,
) => ({
  "aws:PrincipalArn": subject,
  ...(sessionTag === undefined ? {} : { "aws:PrincipalTag/team": sessionTag }),
  "aws:PrincipalOrgID": organizationId,
  "aws:ResourceAccount": ownerOf(resource),
  "aws:RequestedRegion": "us-east-1",
  "aws:SourceIp": "127.0.0.1",
  ...tagContext(fields),
  ...(action.startsWith("sts:") && "RoleSessionName" in fields
    ? { "sts:RoleSessionName": String(fields["RoleSessionName"]) }
    : {}),
});

/**
 * Whether the simulator itself lets the request through. It takes one session policy: of several, none
 * may deny, and one has to allow.
 */
export async function isAllowed(
  organizationId: string,
  policies: Policies,
  asked: Asked,
): Promise<boolean> {
  const { identity, boundary, session, control } = policies;
  const { action, resource, resourcePolicy } = asked;
  const owner = ownerOf(resource);
  const simulation: Simulation = {
    request: {
      principal: subjectSession,
      action,
      resource: { resource: exactly(resource), accountId: owner },
      contextVariables: context(organizationId, policies, asked),
    },
    identityPolicies: named(identity),
    permissionBoundaryPolicies: boundary ? named([boundary]) : [],
    serviceControlPolicies: control.map((document, index) => ({
      orgIdentifier: index === 0 ? "root" : bastionId,
      policies: named([document]),
    })),
    resourceControlPolicies: [],
    ...(resourcePolicy ? { resourcePolicy } : {}),
  };
  const results = await Promise.all(
    (session ?? [undefined]).map((sessionPolicy) =>
      resultOf({ ...simulation, sessionPolicy }),
    ),
  );
  if (results.includes("ExplicitlyDenied")) return false;
  if (results.includes("Allowed")) return true;
  if (resourcePolicy === undefined || owner !== bastionId) return false;
  const granting = grantingTheSession(resourcePolicy);
  return (
    granting.Statement.some(({ Effect }) => Effect === "Allow") &&
    (await resultOf({ ...simulation, resourcePolicy: granting })) === "Allowed"
  );
}

/**
 * What the policy says of the session by its own ARN, and what it denies: that needs no allow of a
 * session policy, which the simulator does not know. Source: IAM User Guide, "Policy evaluation for
 * requests within a single account".
 */
const grantingTheSession = (policy: Document): Document => ({
  ...policy,
  Statement: policy.Statement.filter(
    ({ Effect, Principal }) =>
      Effect === "Deny" ||
      JSON.stringify(Principal).includes(JSON.stringify(subjectSession)),
  ),
});

async function resultOf(simulation: Simulation): Promise<EvaluationResult> {
  const result = await runSimulation(simulation, { simulationMode: "Strict" });
  assert(result.resultType !== "error", JSON.stringify(result));
  return result.overallResult;
}
