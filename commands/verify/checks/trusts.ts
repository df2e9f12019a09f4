import {
  federatedProviders,
  unpinnedToken,
} from "../../../policy-pack/decide/federation";
import { anyMfa, withoutMfa } from "../../../policy-pack/decide/mfa";
import {
  isForeignTo,
  isOf,
  whoMayAssume,
} from "../../../policy-pack/decide/trust";
import { callerWords } from "../../../policy-pack/findings/words";
import type { Document } from "../../../policy-pack/decide/document";
import { placesOf, readTrust } from "../../accounts/documents";
import type { LiveRole } from "../../accounts/live-account";
import type { NamedAccount } from "../../accounts/organisation";
import { isDeploymentRole, mfaLimit, oldFrom, ownRoles } from "../assignments";
import type { Facts } from "../facts";
import { finding, type AccountFinding, type FindingKind } from "../findings";

/** Roles that let in callers of other accounts, or with a provider's token. */
export const checkTrusts = (facts: Facts): readonly AccountFinding[] =>
  facts.organisation.accounts.flatMap((account) =>
    ownRoles(account).flatMap((role) => checkTrust(facts, account, role)),
  );

function checkTrust(
  facts: Facts,
  account: NamedAccount,
  role: LiveRole,
): readonly AccountFinding[] {
  const reading = readTrust(role);
  if (reading.kind === "unreadable") {
    return [finding("undecided", account, role.arn, reading.why)];
  }
  const { document: trust } = reading;
  return [
    ...checkAccounts(facts, account, role, trust),
    ...checkMfa(facts, account, role, trust),
    ...checkProviders(account, role, trust),
  ];
}

/** Accounts that people of the organisation may come from, into any role. */
function oursFor(
  { expected, organisation, settings }: Facts,
  account: NamedAccount,
  role: LiveRole,
): readonly string[] {
  return [
    account.id,
    expected.bastion.id,
    ...settings.knownAccounts,
    // Whoever deploys comes from there, by this role and no other.
    ...(isDeploymentRole(expected, role) ? [organisation.callerAccountId] : []),
  ];
}

function checkAccounts(
  facts: Facts,
  account: NamedAccount,
  role: LiveRole,
  trust: Document,
): readonly AccountFinding[] {
  const ours = oursFor(facts, account, role);
  const workloads = facts.expected.accounts
    .map(({ id }) => id)
    .filter((id) => !ours.includes(id));
  const questions = [
    ["role-trusts-outside", isForeignTo([...ours, ...workloads])],
    ["role-trusts-another-account", isOf(workloads)],
  ] as const;
  return questions.flatMap(([rule, counts]) => {
    const verdict = whoMayAssume(trust, {
      counts,
      mfa: [anyMfa],
      accounts: [...ours, ...workloads],
    });
    const say = (
      which: FindingKind,
      message: string,
    ): readonly AccountFinding[] => [
      finding(
        which,
        account,
        role.arn,
        `${role.name} in ${account.name} ${message}`,
      ),
    ];
    switch (verdict.answer) {
      case "open":
        return say(
          rule,
          `lets in ${callerWords(verdict.witness)}, by ${placesOf(verdict.witness.statements)}`,
        );
      case "undecided":
        return say("undecided", `may let in other accounts: ${verdict.why}`);
      case "closed":
        return [];
    }
  });
}

/** Whether the role by itself keeps to MFA, whatever the groups in the bastion say. */
function checkMfa(
  { expected }: Facts,
  account: NamedAccount,
  role: LiveRole,
  trust: Document,
): readonly AccountFinding[] {
  if (account.id === expected.bastion.id) return [];
  const limit = mfaLimit(expected, account, role);
  const questions = [
    { rule: "role-without-mfa", states: withoutMfa, which: "without MFA" },
    ...(limit === null
      ? []
      : [
          {
            rule: "role-with-old-mfa",
            states: oldFrom(limit),
            which: `with MFA given ${limit} seconds ago or longer`,
          } as const,
        ]),
  ] as const;
  const isBastions = isOf([expected.bastion.id]);
  for (const { rule, states, which } of questions) {
    const verdict = whoMayAssume(trust, {
      counts: (one) => one.caller.kind === "user" && isBastions(one),
      mfa: states,
      accounts: [expected.bastion.id],
    });
    if (verdict.answer === "closed") continue;
    const message =
      verdict.answer === "open"
        ? `lets in ${callerWords(verdict.witness)} ${which}, by ${placesOf(verdict.witness.statements)}`
        : `may let in users of the bastion ${which}: ${verdict.why}`;
    return [
      finding(
        verdict.answer === "open" ? rule : "undecided",
        account,
        role.arn,
        `${role.name} in ${account.name} ${message}`,
      ),
    ];
  }
  return [];
}

const checkProviders = (
  account: NamedAccount,
  role: LiveRole,
  trust: Document,
): readonly AccountFinding[] =>
  federatedProviders(trust).flatMap((provider) => {
    const verdict = unpinnedToken(trust, provider, []);
    if (verdict.answer === "closed") return [];
    return verdict.answer === "open"
      ? [
          finding(
            "federation-not-pinned",
            account,
            role.arn,
            `${role.name} in ${account.name} lets in tokens of ${provider} whatever their ${verdict.key}`,
          ),
        ]
      : [finding("undecided", account, role.arn, verdict.why)];
  });
