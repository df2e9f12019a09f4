import { planRemovals } from "../../../commands/adopt/plan";
import { propose } from "../../../commands/adopt/proposal";
import { removalText } from "../../../commands/adopt/removal";
import { canGo, type Step } from "../../../commands/adopt/step";
import { bastionConfig } from "../../infra/config-of";
import { bastionId, devId } from "./account";
import { deployedWith, deployment, type Situation } from "./situation";

export const project = {
  name: "bastion-account",
  stack: "bastion",
  config: bastionConfig(`
bastionAccountId: "${bastionId}"
accounts: { dev: { id: "${devId}" } }
`),
  stackFile: undefined,
};

/** What is planned of each thing, by what removes it. */
export const planned = (situation: Situation) => {
  const deployed = deployedWith(situation);
  const steps = planRemovals(deployed, deployment);
  const { heldBack, programs, proposal } = propose(
    deployed.bastion,
    project,
    deployed.criteria,
  );
  return {
    goes: steps.filter(canGo).map(nameOf),
    waits: entries(steps, ({ waitsFor }) => waitsFor),
    stays: entries(steps, ({ stays }) => stays),
    heldBack: heldBack.map(({ user: name, why }) => `${name}: ${why}`),
    programs: programs.map(({ name }) => name),
    proposed: proposal?.users ?? [],
  };
};

const nameOf = ({ removal }: Step): string =>
  removal.kind === "role" ? `role ${removal.role}` : removalText(removal);

export const entries = (
  steps: readonly Step[],
  reasons: (step: Step) => readonly string[],
): readonly string[] =>
  steps
    .filter((step) => reasons(step).length > 0)
    .map((step) => `${nameOf(step)}: ${reasons(step).join("; ")}`);
