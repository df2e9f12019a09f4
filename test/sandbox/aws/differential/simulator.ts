import assert from "node:assert/strict";
import {
  runSimulation,
  type EvaluationResult,
  type Simulation,
} from "@cloud-copilot/iam-simulate";
import { devId } from "../clients";
import { subject, subjectSession, type Document } from "./documents";
import type { Policies } from "./policies";
import type { Asked } from "./requests";

const named = (documents: readonly Document[]) =>
  documents.map((policy, index) => ({ name: `p${index}`, policy }));

/** What AWS documents that such a request carries, and that a random policy asks about. */
const context = (organizationId: string, { action, owner }: Asked) => ({
  "aws:PrincipalArn": subject,
  "aws:PrincipalTag/team": "a",
  "aws:PrincipalOrgID": organizationId,
  "aws:ResourceAccount": owner,
  "aws:RequestedRegion": "us-east-1",
  "aws:SourceIp": "127.0.0.1",
  ...(action === "sts:AssumeRole" ? { "sts:RoleSessionName": "two" } : {}),
});

/**
 * Whether the simulator itself lets the request through. It takes one session policy: of several, none
 * may deny, and one has to allow.
 */
export async function isAllowed(
  organizationId: string,
  { identity, boundary, session, control, trust }: Policies,
  asked: Asked,
): Promise<boolean> {
  const simulation: Simulation = {
    request: {
      principal: subjectSession,
      action: asked.action,
      resource: { resource: asked.resource, accountId: asked.owner },
      contextVariables: context(organizationId, asked),
    },
    identityPolicies: named(identity),
    permissionBoundaryPolicies: boundary ? named([boundary]) : [],
    serviceControlPolicies: control.map((document, index) => ({
      orgIdentifier: index === 0 ? "root" : devId,
      policies: named([document]),
    })),
    resourceControlPolicies: [],
    ...(asked.trust === undefined
      ? {}
      : { resourcePolicy: trust[asked.trust] }),
  };
  const results = await Promise.all(
    (session ?? [undefined]).map((sessionPolicy) =>
      resultOf({ ...simulation, sessionPolicy }),
    ),
  );
  if (results.includes("ExplicitlyDenied")) return false;
  if (results.includes("Allowed")) return true;
  const grants =
    asked.trust === undefined || asked.owner !== devId
      ? undefined
      : trust[asked.trust];
  return (
    grants !== undefined &&
    (await resultOf({
      ...simulation,
      resourcePolicy: grantingTheSession(grants),
    })) === "Allowed"
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
