import { statementsOf } from "./documents";
import { documentOf, groupsOf, policyAt, type Identity } from "./iam/entities";
import type { SessionPolicies } from "./model";
import type { Call } from "./operation";
import { literalVariables } from "./policy-variables";

/** A document, by the name that a refusal tells it by: of a managed policy, its ARN. */
export interface NamedPolicy {
  readonly name: string;
  readonly policy: unknown;
}

/** Where policies are looked up. */
type Place = Pick<Call, "account" | "cloud">;

/** What allows nothing, and denies nothing. */
const nothing: unknown = { Version: "2012-10-17", Statement: [] };

/** The default version of a managed policy; nothing where it is gone. */
function managed(place: Place, arn: string): NamedPolicy {
  const policy = policyAt(place, arn);
  const document = policy && documentOf(policy);
  return { name: arn, policy: document?.parsed ?? nothing };
}

/** Every document that speaks for an identity: its own, and those of a user's groups. */
export function identityPoliciesOf(
  place: Place,
  identity: Identity,
): NamedPolicy[] {
  const groups = "groups" in identity ? groupsOf(place.account, identity) : [];
  return [identity, ...groups].flatMap((owner) => [
    ...[...owner.inlinePolicies].map(([name, { parsed }]) => ({
      name: `${owner.name}/${name}`,
      policy: parsed,
    })),
    ...[...owner.attachedPolicies].map((arn) => managed(place, arn)),
  ]);
}

/** The permissions boundary of an identity, as a list of one; none where it has none. */
export const boundariesOf = (
  place: Place,
  identity: Identity,
): NamedPolicy[] =>
  "permissionsBoundary" in identity &&
  identity.permissionsBoundary !== undefined
    ? [managed(place, identity.permissionsBoundary)]
    : [];

/**
 * The policies of a session as one document, since the simulator takes one: what one of them allows is
 * allowed, and what one of them denies is denied. Statements of two documents may have the same Sid.
 */
export function sessionDocument(
  place: Place,
  { inline, arns }: SessionPolicies,
): unknown {
  const documents = [
    inline?.parsed ?? nothing,
    ...arns.map((arn) => managed(place, arn).policy),
  ];
  // Each may be of another version than the one that they are joined to.
  const statements = documents
    .map(literalVariables)
    .flatMap((document) =>
      statementsOf(document).map((statement) =>
        Object.fromEntries(
          Object.entries(statement).filter(([name]) => name !== "Sid"),
        ),
      ),
    );
  return { Version: "2012-10-17", Statement: statements };
}
