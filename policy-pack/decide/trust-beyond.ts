import { requestBeyond, type Beyond } from "./beyond";
import { awsCallers, hiddenCases, type CallerCase } from "./callers";
import type { Document } from "./document";
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
          { documents: [found], boundary: undefined },
          { documents: [meant], boundary: undefined },
          // Source: AWS STS API reference, "AssumeRole" and its kin: RoleSessionName is required.
          { ...one, given: [...one.given, isPresent("sts:RoleSessionName")] },
        ),
    ),
  );
}

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
