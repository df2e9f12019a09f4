import { mayChangeIam, mayPassAnyRole } from "../decide/powers";
import type { Verdict } from "../decide/search";
import { unknownFinding, type Finding } from "../findings/finding";
import { requestWords, throughWords } from "../findings/words";
import { sourceOf, unseenOf, type Identity } from "../identities/identity";
import { permissionsOf, policiesOf } from "../identities/permissions";

/** What an identity can do that makes it an administrator, at once or in a step or two. */
export function powerFindings(identity: Identity): readonly Finding[] {
  const permissions = permissionsOf(identity);
  if (permissions.documents.length === 0) return undecidedFindings(identity);
  for (const { decide, power } of powers) {
    const verdict = decide(permissions);
    if (verdict.answer !== "closed") {
      return [powerFinding(identity, power, verdict)];
    }
  }
  return undecidedFindings(identity);
}

const powers = [
  { decide: mayChangeIam, power: "change IAM" },
  { decide: mayPassAnyRole, power: "pass a role of any name to a service" },
] as const;

const whoIs = ({ kind, name, resource }: Identity): string =>
  kind === "group"
    ? `members of the group ${name ?? resource?.name ?? "?"}`
    : `the ${kind} ${name ?? resource?.name ?? "?"}`;

/** The resource to fix: the identity itself, or what gives it a policy when it belongs to another stack. */
const resourceOf = ({ resource, policies }: Identity) =>
  resource ?? policies[0]?.resource;

const remedy =
  "take that permission out, or close it by a Deny or a permissions boundary; " +
  "a role that must be administrator belongs into the config's administratorRoles, with a fresh MFA.";

function powerFinding(
  identity: Identity,
  power: string,
  verdict: Exclude<Verdict, { readonly answer: "closed" }>,
): Finding {
  const who = whoIs(identity);
  const resource = resourceOf(identity);
  if (verdict.answer === "undecided") {
    return {
      kind: "undecided",
      resource,
      problem: `whether ${who} can ${power}: ${verdict.why}.`,
      witness: [],
      remedy,
    };
  }
  const { witness } = verdict;
  const source = sourceOf(policiesOf(identity), witness.statements);
  const { boundary } = identity;
  const unread =
    boundary === undefined || boundary.content.kind === "document"
      ? undefined
      : boundary;
  // It may close all of that: the rule looks again when it is known.
  if (unread?.content.kind === "unknown") {
    const { resource: at, content } = unread;
    return unknownFinding({ resource: at, path: content.path });
  }
  const from =
    source === undefined
      ? ""
      : `, of ${source.resource.name} (${source.field})`;
  return {
    kind: unread === undefined ? "wrong" : "undecided",
    resource,
    problem:
      unread === undefined
        ? `${capital(who)} can ${power}.`
        : `whether ${who} can ${power}: its policies allow it, and nothing here says whether its ${unread.field} closes that.`,
    witness: [
      `What is allowed: ${requestWords(witness)}`,
      `Through: ${throughWords(witness)}${from}`,
    ],
    remedy,
  };
}

/** A policy that nobody here can read may hold any power. */
function undecidedFindings(identity: Identity): readonly Finding[] {
  const unseen = unseenOf(policiesOf(identity));
  return unseen.length === 0
    ? []
    : [
        {
          kind: "undecided",
          resource: resourceOf(identity),
          problem: `whether ${whoIs(identity)} can change IAM: nothing here says what ${[...new Set(unseen)].join(" and ")} allows.`,
          witness: [],
          remedy:
            "put the policy into this stack, or exempt this role in the config with a reason and a date.",
        },
      ];
}

const capital = (text: string): string =>
  text.charAt(0).toUpperCase() + text.slice(1);
