import { requestBeyond, type Beyond } from "./beyond";
import { awsCallers, hiddenCases, type CallerCase } from "./callers";
import { madeOf } from "./covers";
import type { Condition, Document } from "./document";
import { federatedProviders, tokenCase } from "./federation";
import { firstOpen } from "./first-open";
import { isPresent } from "./literal";
import { hiddenIn } from "./resource-policy";
import { serviceCase, servicesIn } from "./service-callers";

/**
 * Whether the trust policy found lets anybody in, on any terms, whom the one meant does not: a user, a
 * session of a role, a service, a token's holder, whoever is behind an id. What they may ask for is
 * part of it: tags of a session take an action of their own.
 */
export function trustBeyond(found: Document, meant: Document): Beyond {
  const both = { statements: [...found.statements, ...meant.statements] };
  return firstOpen(
    callersOf(both).map(
      (one) => () =>
        requestBeyond(
          { documents: [withName(found)], boundary: undefined },
          { documents: [withName(meant)], boundary: undefined },
          { ...one, given: [...one.given, isPresent(sessionName)] },
        ),
    ),
  );
}

/** Source: AWS STS API reference, "AssumeRole" and its kin: RoleSessionName is required. */
const sessionName = "sts:RoleSessionName";

/** Since the session's name is always there, IfExists makes no difference to a condition on it. */
const withName = ({ statements }: Document): Document => ({
  statements: statements.map((one) =>
    madeOf(one, { conditions: one.conditions.map(ofName) }),
  ),
});

const ofName = (condition: Condition): Condition =>
  condition.key === sessionName.toLowerCase() && condition.operator?.ifExists
    ? { ...condition, operator: { ...condition.operator, ifExists: false } }
    : condition;

/** MFA counts as asked, though no session of a role carries any: who names a role means to let it in. */
const whatever = { whateverMfa: true };

const callersOf = (trust: Document): readonly CallerCase[] => [
  ...awsCallers(trust, [], whatever),
  ...hiddenIn(trust).flatMap((one) => hiddenCases(trust, one, [], whatever)),
  ...[...new Set(servicesIn(trust).map(([, service]) => service))].map(
    serviceCase,
  ),
  ...federatedProviders(trust).map((one) => tokenCase(trust, one)),
];
