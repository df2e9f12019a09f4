import type { Document } from "../decide/document";
import { Effort } from "../decide/effort";
import { literal, not, type Literal } from "../decide/literal";
import { withoutMfa } from "../decide/mfa";
import type { Witness } from "../decide/search";
import { isForeignTo, whoMayAssume, type TrustVerdict } from "../decide/trust";
import type { Finding } from "../findings/finding";
import { findingsOf } from "../findings/from-verdict";
import { accountLetIn } from "../findings/foreign";
import { callerWords } from "../findings/words";
import { trustOf, type RoleTrust } from "../identities/trust-of";
import { knownAccounts, type Organisation } from "../organisation/organisation";
import {
  isOfPeople,
  requireMfa,
  shutsOutOwnRoles,
} from "../remediations/require-mfa";
import type { Resource } from "../resources/resource";
import { whereItStands, type Place } from "./where-it-stands";
import { judgeTrust } from "./judge-trust";
import type { Rule } from "./rule";

/**
 * Source: AWS documentation, "Configuring MFA-protected API access"; what the keys hold without
 * MFA: "AWS global condition context keys".
 */
export const peopleNeedMfa: Rule = {
  name: "people-need-mfa",
  title: "Who trusts people needs MFA",
  description: "A role that people can take asks for MFA.",
  severity: "critical",
  enforcementLevel: "mandatory",
  remedy:
    'Let every statement that trusts people ask for Bool aws:MultiFactorAuthPresent "true".',
  ...whereItStands(judge),
  remediate(resource, organisation) {
    const reading = trustOf(resource);
    if (reading.kind !== "trust") return undefined;
    const { trust } = reading;
    return requireMfa(trust, organisation, (document) =>
      withoutMfaInto({ ...trust, document }, organisation),
    );
  },
};

function judge(
  resource: Resource,
  { account }: Place,
  organisation: Organisation,
): readonly Finding[] {
  return judgeTrust(resource, (one) => {
    const trust = { ...one, account };
    return findings(trust, withoutMfaInto(trust, organisation), organisation);
  });
}

/** Most roles of people have the same trust policy, which is one object then: it is asked once. */
const closedTo = new WeakMap<Document, Organisation>();

/** Vendors can't give a code of ours: they give an external id, which another rule asks for. */
function withoutMfaInto(
  { document, account, roleName }: RoleTrust,
  organisation: Organisation,
): TrustVerdict {
  const vendors = organisation.vendors.map((vendor) => vendor.account);
  const anybody = {
    counts: isForeignTo(vendors),
    mfa: withoutMfa,
    accounts: [organisation.bastionAccountId, ...vendors],
  };
  const effort = new Effort();
  // Where nobody at all gets in, it takes no look at whose session it is.
  if (closedTo.get(document) !== organisation) {
    const verdict = whoMayAssume(document, anybody, effort);
    if (verdict.answer === "closed") closedTo.set(document, organisation);
  }
  if (closedTo.get(document) === organisation) return { answer: "closed" };
  const asked = {
    ...anybody,
    given: [
      ...exceptSessionsOf(organisation.chainingRoles, account),
      // A session that takes its own role anew gets nothing new.
      ...exceptSessionsOf(roleName === undefined ? [] : [roleName], account),
    ],
  };
  return whoMayAssume(document, asked, effort);
}

/**
 * Of a name there is one role in an account, below whatever path, and a session's ARN tells no path.
 *
 * @param roles ARNs, or names of roles of the own account
 */
function exceptSessionsOf(
  roles: readonly string[],
  account: string | undefined,
): readonly Literal[] {
  const arns = roles.flatMap((role) => {
    const [, , , , owner = account] = role.split(":");
    if (owner === undefined) return [];
    const start = `arn:*:iam::${owner}:role/`;
    const name = role.split("/").at(-1) ?? "";
    return [start + name, `${start}*/${name}`];
  });
  return arns.length === 0
    ? []
    : [not(literal("StringLike", "aws:PrincipalArn", ...arns))];
}

const findings = (
  { resource, field, account, document }: RoleTrust,
  verdict: TrustVerdict,
  organisation: Organisation,
): readonly Finding[] =>
  findingsOf(verdict, {
    resource,
    field,
    question: `whether ${field} lets anybody in without MFA`,
    remedy: `ask for it plainly: Bool aws:MultiFactorAuthPresent "true" in each statement that trusts people.`,
    who: (witness, mfa) =>
      `Who gets in: ${callerWords(witness)}, ${isRole(witness) ? "which carries no MFA" : (mfa?.name ?? "")}`,
    open: ({ witness }) => ({
      problem: `${field} lets people in without MFA.`,
      remedy: remedyFor(
        witness,
        knownAccounts(organisation, account),
        organisation,
        document,
      ),
    }),
  });

function remedyFor(
  witness: Witness,
  known: readonly string[],
  organisation: Organisation,
  document: Document,
): string {
  const { bastionAccountId: bastion } = organisation;
  const account = accountLetIn(witness);
  if (account === undefined || !known.includes(account)) {
    return 'MFA alone leaves a stranger in: first do what known-accounts-only says; then add Bool aws:MultiFactorAuthPresent "true", without IfExists, for whoever stays.';
  }
  // In any other account are no people, but roles of pipelines and of StackSets.
  if (isRole(witness) || account !== bastion) {
    return `trust people of the bastion with MFA instead; or ${toChain(witness)}.`;
  }
  const remedy = toAskForMfa(witness, bastion);
  return shutsOutOwnRoles(document, organisation)
    ? `${remedy} It shuts out roles of the account: name the ARN of each that must come in a statement of its own, and in the config's chainingRoles.`
    : remedy;
}

/** What shuts out nobody else: services and sessions of roles carry no MFA, and vendors none of ours. */
function toAskForMfa(
  { statements: [allow] }: Witness,
  bastion: string,
): string {
  const condition =
    'the condition Bool aws:MultiFactorAuthPresent "true", without IfExists';
  const others = allow?.principals?.principals.some(
    (one) => one.kind !== "everyone" && !isOfPeople(one, bastion),
  );
  if (others === true) {
    return `take people out of that statement, whose other principals come without MFA, and give people one of their own with ${condition}.`;
  }
  return allow?.conditions.some(
    ({ key }) => key === "aws:multifactorauthpresent",
  ) === true
    ? `put ${condition}, in the place of what that statement asks of aws:MultiFactorAuthPresent.`
    : `add to that statement ${condition}.`;
}

/** What lets a session come without MFA: its role must be named here and in the config. */
function toChain({ caller }: Witness): string {
  const arn = caller.kind === "role session" ? caller.arn : undefined;
  return arn === undefined
    ? "trust the one role that must come this way by its ARN, and name that in the config's chainingRoles"
    : `name ${arn} in the config's chainingRoles, where it must come this way`;
}

const isRole = ({ caller }: Witness): boolean => caller.kind === "role session";
