import { conditionTexts } from "./callers";
import type { Document } from "./document";
import type { Effort } from "./effort";
import { firstOpen } from "./first-open";
import { literal, not } from "./literal";
import type { Verdict } from "./search";
import { serviceMayAssume, servicesIn } from "./service-callers";
import { isServiceLike } from "./service-targets";

/**
 * Whether IAM Roles Anywhere may take the role for a certificate of another trust anchor than the
 * document names, by account and id: whoever brings one into the account signs whatever subject they
 * like.
 * Source: IAM Roles Anywhere user guide, "The IAM Roles Anywhere trust model".
 */
export function unpinnedAnchor(trust: Document, effort: Effort): Verdict {
  const services = servicesIn(trust).filter(([, service]) =>
    isServiceLike("rolesanywhere.amazonaws.com", service),
  );
  // Most roles trust others.
  if (services.length === 0) return { answer: "closed" };
  const key = "aws:sourcearn";
  const named = conditionTexts(trust, [key]).filter((text) =>
    /^arn:[^:]+:rolesanywhere:[^:]+:\d{12}:trust-anchor\/[^*?]+$/.test(text),
  );
  const given =
    named.length === 0 ? [] : [not(literal("ArnLike", key, ...named))];
  return firstOpen(
    services.map(
      ([document, service]) =>
        () =>
          serviceMayAssume(document, service, given, effort),
    ),
  );
}
