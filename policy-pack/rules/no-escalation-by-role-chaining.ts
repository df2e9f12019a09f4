import {
  undecided,
  unknownFinding,
  wrong,
  type Finding,
} from "../findings/finding";
import type { Organisation } from "../organisation/organisation";
import { actionsOf, type EscalationPath } from "../decide/escalation-paths";
import { findEscalations, type Escalation } from "../role-chaining/chains";
import { strengthWords } from "../role-chaining/strength";
import type { Rule, StackView } from "./rule";

/**
 * Source: AWS documentation, "IAM role management", how a role's trust in its own account leaves
 * it to that account's policies who may take it.
 */
export const noEscalationByRoleChaining: Rule = {
  name: "no-escalation-by-role-chaining",
  title: "No escalation by role chaining",
  description:
    "No chain of roles leads from a role that people take to a stronger one, by taking roles or through services that run with them.",
  severity: "critical",
  enforcementLevel: "mandatory",
  remedy:
    "Let the stronger role trust the bastion with MFA, or a service, and no role of its own account; and let nobody weaker pass it, or change what runs with it.",
  judgeStack(
    { identities, resources }: StackView,
    organisation: Organisation,
  ): readonly Finding[] {
    const { found, unknown } = findEscalations(
      identities,
      resources,
      organisation,
    );
    return [...found.map(finding), ...unknown.map(unknownFinding)];
  },
};

function finding({
  from,
  chain,
  paths,
  to,
  goal,
  strength,
  doubt,
}: Escalation): Finding {
  const reached = goal === "role" ? "this role" : (chain.at(-1) ?? "?");
  const what = `hoever holds ${from} can reach ${reached}, which ${strengthWords(strength)}`;
  const more = {
    witness: [
      `The chain: ${chain.join(" -> ")}`,
      ...(paths.length === 0
        ? []
        : [`The steps through services: ${paths.map(pathWords).join("; ")}`]),
    ],
    evidence: { kind: "chain", chain, strength },
  } as const;
  const remedy =
    goal === "role"
      ? paths.length === 0
        ? ofTrust
        : ofServices
      : remedies[goal];
  return doubt === undefined
    ? wrong(to, `W${what}.`, remedy, more)
    : undecided(to, `whether w${what}: ${doubt}.`, remedy, more);
}

const pathWords = (path: EscalationPath): string =>
  `${path.id} (${actionsOf(path).join(", ")})`;

const ofServices =
  "take one of these actions from the role before, or bind it to resources and roles that are no stronger than that role; or run what carries this role with a weaker one.";

const remedies = {
  maker:
    "let the boundary allow nothing that is stronger than whoever makes roles within it, and stand in this stack; or take the making of roles, or the giving of policies, from the role before.",
  chat: "give the channel a role, or guardrail policies, that allow no more than to read what it shows; people take stronger roles from the bastion, with MFA.",
};

const ofTrust =
  "trust the bastion's people with MFA instead of roles of the account: a role's session carries no MFA, so that condition closes the chain as well.";
