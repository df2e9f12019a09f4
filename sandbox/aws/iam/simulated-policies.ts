import { accountOf, iamArn } from "../arn";
import { parseIdentityDocument } from "../documents";
import { controlPoliciesOn } from "../organizations/organization";
import type { Call } from "../operation";
import {
  boundariesOf,
  identityPoliciesOf,
  type NamedPolicy,
} from "../policies-in-force";
import { invalidInput } from "../errors";
import { subjectArnIn, subjectAt, type Subject } from "./policies-of";

/** What a simulation is run with, beside the request itself. */
export interface SimulatedPolicies {
  /** The user or role whose request it is taken to be. */
  readonly principal: string;
  readonly identity: readonly NamedPolicy[];
  readonly boundaries: readonly NamedPolicy[];
  readonly control: ReturnType<typeof controlPoliciesOn>;
}

/** The documents in a parameter, by the names that AWS gives them. */
const documentsIn = (
  { parameters }: Call,
  parameter: string,
): readonly NamedPolicy[] =>
  parameters.list(parameter).map((text, index) => ({
    name: `${parameter}.${index + 1}`,
    policy: parseIdentityDocument(text).parsed,
  }));

const boundaryInput = (call: Call): readonly NamedPolicy[] =>
  documentsIn(call, "PermissionsBoundaryPolicyInputList");

/** Who the request is taken to come from; a resource's policy has to be told. */
function callerIn(call: Call, otherwise: string | undefined): string {
  const { cloud, account, parameters } = call;
  const caller = parameters.get("CallerArn") ?? otherwise;
  if (caller !== undefined) return caller;
  if (parameters.has("ResourcePolicy")) {
    throw invalidInput(
      "CallerArn is required if you include a ResourcePolicy and name no user.",
    );
  }
  // No policy of an identity looks at who has it.
  return iamArn(cloud, account.id, "user", { path: "/", name: "simulated" });
}

/** For `SimulateCustomPolicy`: what the request brings, and nothing else. */
export const customPolicies = (call: Call): SimulatedPolicies => ({
  principal: callerIn(call, undefined),
  identity: documentsIn(call, "PolicyInputList"),
  boundaries: boundaryInput(call),
  control: [],
});

/** For `SimulatePrincipalPolicy`: those of a user, group or role, and what the request brings. */
export function principalPolicies(call: Call): SimulatedPolicies {
  const { account, cloud } = call;
  const { identity, kind } = sourceOf(call);
  const given = boundaryInput(call);
  return {
    principal: callerIn(call, kind === "Group" ? undefined : sourceArn(call)),
    identity: [
      ...identityPoliciesOf(call, identity),
      ...documentsIn(call, "PolicyInputList"),
    ],
    boundaries: given.length > 0 ? given : boundariesOf(call, identity),
    control: controlPoliciesOn(cloud, account.id),
  };
}

export const sourceArn = (call: Call): string =>
  subjectArnIn(call, "PolicySourceArn");

/** The identity that `PolicySourceArn` names. @throws AwsError InvalidInput where that is nobody's. */
export function sourceOf(call: Call): Exclude<Subject, { kind: "Policy" }> {
  const arn = sourceArn(call);
  const subject = accountOf(arn) === call.account.id && subjectAt(call, arn);
  if (subject && subject.kind !== "Policy") return subject;
  throw invalidInput(`Invalid Entity Arn: ${arn}`);
}
