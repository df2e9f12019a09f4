import { mayChangeAccounts } from "../../../policy-pack/decide/account-power";
import { statementName } from "../../../policy-pack/decide/document";
import {
  isAdministrator,
  mayChangeIam,
  mayPassAnyRole,
  type Permissions,
} from "../../../policy-pack/decide/powers";
import type { Verdict, Witness } from "../../../policy-pack/decide/search";
import { requestWords } from "../../../policy-pack/findings/words";
import {
  sourceOf,
  type Identity,
} from "../../../policy-pack/identities/identity";
import {
  permissionsOf,
  policiesOf,
} from "../../../policy-pack/identities/permissions";
import { isOfAService } from "../../../policy-pack/identities/service-role";

/** What an identity can do by its own permissions that makes it an administrator, at once or in a step. */
export type OwnPower =
  | {
      readonly kind: "administrator" | "power over IAM";
      /** "is administrator in effect (iam:PutRolePolicy on any role, by statement 1 of policy x)" */
      readonly words: string;
    }
  /** "perhaps is administrator in effect: …" */
  | { readonly kind: "undecided"; readonly words: string }
  | { readonly kind: "none" };

const none: OwnPower = { kind: "none" };

const powers = [
  ["administrator", isAdministrator, "is administrator in effect"],
  [
    "administrator",
    mayChangeAccounts,
    "says who gets into accounts of the organisation, or what limits them",
  ],
  ["power over IAM", mayChangeIam, "can change IAM"],
  [
    "power over IAM",
    mayPassAnyRole,
    "can pass a role of any name to a service",
  ],
] as const;

/** The greatest that is proven; where none is, what could not be ruled out. */
export function ownPower(identity: Identity): OwnPower {
  const permissions = permissionsOf(identity);
  const unread = unreadIn(identity);
  let doubt: OwnPower = none;
  for (const [kind, decide, what] of powers) {
    const verdict = mayHold(permissions, decide);
    if (verdict.answer === "open" && unread.boundary === undefined) {
      return isOfAService(identity)
        ? none
        : { kind, words: `${what} (${howWords(identity, verdict.witness)})` };
    }
    if (verdict.answer === "closed" || doubt.kind === "undecided") continue;
    const why =
      verdict.answer === "undecided"
        ? verdict.why
        : `${unread.boundary ?? ""} can't be read, which may close it`;
    doubt = { kind: "undecided", words: `perhaps ${what}: ${why}` };
  }
  if (doubt.kind === "none" && unread.policies.length > 0) {
    const which = unread.policies.join(" and ");
    return {
      kind: "undecided",
      words: `perhaps has power over IAM: ${which} can't be read`,
    };
  }
  return doubt;
}

/** Whoever changes nothing in IAM is no administrator of it. */
const mayHold = (
  permissions: Permissions,
  decide: (permissions: Permissions) => Verdict,
): Verdict =>
  decide === isAdministrator && mayChangeIam(permissions).answer === "closed"
    ? { answer: "closed" }
    : decide(permissions);

function howWords(identity: Identity, witness: Witness): string {
  const [statement] = witness.statements;
  const source = sourceOf(policiesOf(identity), witness.statements);
  const by =
    statement === undefined || source === undefined
      ? ""
      : `, by ${statementName(statement)} of ${source.field}`;
  return requestWords(witness) + by;
}

function unreadIn(identity: Identity) {
  const { boundary } = identity;
  return {
    policies: policiesOf(identity)
      .filter(({ content }) => content.kind !== "document")
      .map(({ field }) => field),
    boundary:
      boundary === undefined || boundary.content.kind === "document"
        ? undefined
        : boundary.field,
  };
}
